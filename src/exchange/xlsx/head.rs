//! The block on top of a form: a strip with issuer, title and revision, then labelled fields, as wide as the form.

use rust_xlsxwriter::{Format, Image, ObjectMovement, Worksheet, XlsxError};

use super::book::{Align, Head};
use super::heights::{BODY, HIGHEST, height};
use super::looks;
use super::typed::{Typed, day};

/// The height of a row of labels.
const LABEL_ROW: f64 = 10.0;
/// The height of the rows of the strip.
const STRIP: [f64; 2] = [22.0, 14.0];

/// Writes the block over columns of these widths, in points; the first row behind it.
pub(super) fn write(sheet: &mut Worksheet, head: &Head, widths: &[f32]) -> Result<u32, XlsxError> {
    let mut row = strip(sheet, head, widths)?;
    let begin = row;
    for fields in &head.fields {
        let mut rest = fields.as_slice();
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(widths.len().max(1)));
            rest = later;
            let shares: Vec<f32> = now.iter().map(|field| field.weight).collect();
            let mut highest = 0.0_f32;
            for (field, (first, last)) in now.iter().zip(spans(widths, &shares)) {
                let wide: f32 = widths[first..=last].iter().sum();
                highest = highest.max(height(&field.value, wide, BODY));
                put(sheet, row, (first, last), &field.label, &looks::label())?;
                let value = day(&field.value);
                let look = looks::field(value.is_some());
                match value {
                    Some(Typed::Day(day)) => {
                        put(sheet, row + 1, (first, last), "", &look)?;
                        sheet.write_number_with_format(row + 1, first as u16, day, &look)?;
                    }
                    _ => put(sheet, row + 1, (first, last), &field.value, &look)?,
                }
            }
            sheet.set_row_height(row, LABEL_ROW)?;
            sheet.set_row_height(row + 1, f64::from(highest.min(HIGHEST)))?;
            row += 2;
        }
    }
    if row > begin {
        // Whoever wants to see more of the form folds the fields away.
        sheet.group_rows(begin, row - 1)?;
    }
    sheet.set_row_height(row, 6)?;
    Ok(row + 1)
}

/// Issuer, title and revision beside each other.
fn strip(sheet: &mut Worksheet, head: &Head, widths: &[f32]) -> Result<u32, XlsxError> {
    let corner = head.corner.join("\n");
    let places = spans(widths, &[1.0, 2.0, 1.0]);
    let mut text = |row: u32, at: usize, text: &str, look: &Format| match places.get(at) {
        Some(place) => put(sheet, row, *place, text, look),
        None => Ok(()),
    };
    let logo = head.logo.as_ref().map(|(png, width, high)| {
        // As high as the two lines of the issuer, in front of them.
        let dots = (STRIP[0] + STRIP[1] - 4.0) / 72.0 * 96.0;
        let wide = f64::from(*width) / f64::from((*high).max(1)) * dots;
        if wide > LOGO_WIDTH { (png, LOGO_WIDTH, dots * LOGO_WIDTH / wide) } else { (png, wide, dots) }
    });
    let indent = logo.map_or(0, |(_, wide, _)| (wide / INDENT).ceil() as u8 + 1);
    let indented = |look: Format| if indent > 0 { look.set_indent(indent) } else { look };
    text(0, 0, &head.organisation, &indented(looks::strip(Align::Left, true)))?;
    text(0, 1, &head.title, &looks::title())?;
    text(0, 2, &corner, &looks::strip(Align::Right, true))?;
    text(1, 0, &head.detail, &indented(looks::strip(Align::Left, false)))?;
    text(1, 1, &head.number, &looks::strip(Align::Centre, false))?;
    for (row, least) in STRIP.into_iter().enumerate() {
        let lines = if row == 0 { head.corner.len().max(1) } else { 1 };
        sheet.set_row_height(row as u32, least.max(lines as f64 * 12.0))?;
    }
    if let Some((png, wide, high)) = logo {
        let image = Image::new_from_buffer(png)?.set_scale_to_size(wide, high, true);
        let image = image.set_object_movement(ObjectMovement::DontMoveOrSizeWithCells);
        sheet.insert_image_with_offset(0, 0, &image, 2, 2)?;
    }
    Ok(2)
}

/// The width of a step of indentation, in dots.
const INDENT: f64 = 9.0;
/// The widest logo, in dots.
const LOGO_WIDTH: f64 = 100.0;

/// A text over columns.
fn put(
    sheet: &mut Worksheet,
    row: u32,
    (first, last): (usize, usize),
    text: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    let (first, last) = (first as u16, last as u16);
    if first == last {
        sheet.write_string_with_format(row, first, text, look)?;
    } else {
        sheet.merge_range(row, first, row, last, text, look)?;
    }
    Ok(())
}

/// Which columns each of several neighbours takes so that their widths are as near to their shares as columns allow. Each
/// takes at least one while there are any.
pub(super) fn spans(widths: &[f32], shares: &[f32]) -> Vec<(usize, usize)> {
    let (whole, all): (f32, f32) = (widths.iter().sum(), shares.iter().sum());
    let mut spans = Vec::with_capacity(shares.len());
    let (mut next, mut reached, mut wanted) = (0, 0.0, 0.0);
    for (at, share) in shares.iter().enumerate() {
        let left = shares.len() - at - 1;
        if next >= widths.len() {
            break;
        }
        let first = next;
        wanted += share / all.max(f32::MIN_POSITIVE) * whole;
        loop {
            reached += widths[next];
            next += 1;
            let is_short = widths.len() - next <= left;
            // As long as the next column brings the edge nearer to where it should be.
            let nearer =
                widths.get(next).is_some_and(|width| (reached + width - wanted).abs() <= (reached - wanted).abs());
            if next >= widths.len() || (left > 0 && (is_short || !nearer)) {
                break;
            }
        }
        spans.push((first, next - 1));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_the_columns() {
        assert_eq!(spans(&[10.0; 10], &[1.0, 1.0]), [(0, 4), (5, 9)]);
        assert_eq!(spans(&[10.0; 4], &[9.0, 1.0, 1.0]), [(0, 1), (2, 2), (3, 3)]);
        assert_eq!(spans(&[10.0, 50.0, 10.0], &[1.0, 1.0, 1.0]), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(spans(&[10.0], &[1.0, 1.0]), [(0, 0)]);
        assert_eq!(spans(&[10.0; 3], &[1.0]), [(0, 2)]);
        assert_eq!(spans(&[], &[1.0]), []);
    }
}
