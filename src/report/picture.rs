//! Pictures on paper: logos and whole pages from PNG and JPEG files, as 8-bit sRGB with an alpha channel where there is one.
//!
//! *Invariant:* a picture is never larger than what paper can show in its place, whatever the file holds.

use std::fmt;
use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbaImage};
use sha2::{Digest, Sha256};

/// The most pixels of a file that is read: 25 megapixels take 200 MB while they are read, if they have 16 bits.
const MOST_PIXELS: u64 = 25_000_000;
/// What a picture is reduced to: 600 dots per inch in the place of a logo.
const LARGEST: (u32, u32) = (1200, 400);
/// What a picture on a page of its own is reduced to: 200 dots per inch along the longer side of an A4 sheet.
const LARGEST_PAGE: (u32, u32) = (2400, 2400);
/// What reading may take, in bytes.
const MOST_MEMORY: u64 = 400_000_000;

/// A picture.
#[derive(Clone, PartialEq)]
pub struct Picture {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
    hash: [u8; 32],
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({} × {})", self.width, self.height)
    }
}

/// Why a file is no picture that can be printed. Each says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Another format.
    #[error("it is neither a PNG nor a JPEG file; save the picture as PNG")]
    Format,
    /// More pixels than are read.
    #[error(
        "it has {width} × {height} pixels, which is more than {} megapixels; save it smaller: 2400 pixels across are plenty",
        MOST_PIXELS / 1_000_000
    )]
    TooLarge {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
    /// A JPEG of printers, whose colours depend on their inks.
    #[error("it is a JPEG in the four colours of a printing press (CMYK); save it as PNG, or as JPEG in RGB")]
    Cmyk,
    /// It cannot be decoded.
    #[error("it is damaged or not complete ({0}); save it again")]
    Damaged(String),
}

impl Picture {
    /// Reads a PNG or JPEG file as a logo; what is larger than paper can show there is reduced.
    ///
    /// # Errors
    /// If it is another format, has too many pixels, is a JPEG in CMYK, or is damaged.
    pub fn read(bytes: &[u8]) -> Result<Self, PictureError> {
        Self::read_within(bytes, LARGEST)
    }

    /// Reads a PNG or JPEG file for a page of its own.
    ///
    /// # Errors
    /// See [`Picture::read`].
    pub fn read_for_page(bytes: &[u8]) -> Result<Self, PictureError> {
        Self::read_within(bytes, LARGEST_PAGE)
    }

    fn read_within(bytes: &[u8], largest: (u32, u32)) -> Result<Self, PictureError> {
        let damaged = |error: &dyn fmt::Display| PictureError::Damaged(error.to_string());
        let mut reader = ImageReader::new(Cursor::new(bytes));
        match image::guess_format(bytes) {
            Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => reader.set_format(format),
            _ => return Err(PictureError::Format),
        }
        if is_cmyk(bytes) {
            return Err(PictureError::Cmyk);
        }
        let mut limits = Limits::default();
        limits.max_alloc = Some(MOST_MEMORY);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(|error| damaged(&error))?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(PictureError::TooLarge { width, height });
        }
        let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let mut read = DynamicImage::from_decoder(decoder).map_err(|error| damaged(&error))?;
        read.apply_orientation(turned);
        let read = read.into_rgba8();
        if read.width() == 0 || read.height() == 0 {
            return Err(PictureError::Damaged("it has no pixels".to_owned()));
        }
        let (width, height) = within(read.dimensions(), largest);
        let rgba = shrunk(&read, width, height);
        let mut hash = Sha256::new();
        hash.update(width.to_be_bytes());
        hash.update(&rgba);
        Ok(Self { width, height, rgba, hash: hash.finalize().into() })
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// Red, green, blue and alpha of each pixel, row by row, not multiplied with each other.
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }

    /// The three colours of each pixel.
    pub fn rgb(&self) -> Vec<u8> {
        self.rgba.chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect()
    }

    /// How much each pixel covers, if not all of them cover all.
    pub fn alpha(&self) -> Option<Vec<u8>> {
        let alpha = || self.rgba.iter().skip(3).step_by(4).copied();
        alpha().any(|alpha| alpha != u8::MAX).then(|| alpha().collect())
    }

    /// SHA-256 of what is shown.
    pub fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// The pixels of the same picture in a smaller size, for a screen; at most as large as it is.
    pub fn reduced(&self, width: u32, height: u32) -> (u32, u32, Vec<u8>) {
        let (width, height) = (width.clamp(1, self.width), height.clamp(1, self.height));
        match RgbaImage::from_raw(self.width, self.height, self.rgba.clone()) {
            Some(whole) => (width, height, shrunk(&whole, width, height)),
            None => (self.width, self.height, self.rgba.clone()),
        }
    }
}

/// A size within another, of the same shape; never larger.
fn within((width, height): (u32, u32), (most_width, most_height): (u32, u32)) -> (u32, u32) {
    let share = (most_width as f64 / width as f64).min(most_height as f64 / height as f64).min(1.0);
    let part = |side: u32| ((side as f64 * share).round() as u32).max(1);
    (part(width), part(height))
}

/// Which pixels of a line of `from` make up each of `to`, and with what weight: first pixel, then weights.
fn shares(from: u32, to: u32) -> Vec<(usize, Vec<f32>)> {
    let step = from as f64 / to as f64;
    let share = |at: u32| {
        let (start, end) = (at as f64 * step, ((at + 1) as f64 * step).min(from as f64));
        let pixels = start.floor() as u32..(end.ceil() as u32).max(start.floor() as u32 + 1).min(from);
        let weight = |pixel: u32| ((end.min(pixel as f64 + 1.0) - start.max(pixel as f64)) / step) as f32;
        (pixels.start as usize, pixels.map(weight).collect())
    };
    (0..to).map(share).collect()
}

/// The mean of the pixels below each new one. Colours count as much as they cover, so that edges keep their colour.
fn shrunk(whole: &RgbaImage, width: u32, height: u32) -> Vec<u8> {
    if whole.dimensions() == (width, height) {
        return whole.as_raw().clone();
    }
    let across = shares(whole.width(), width);
    let down = shares(whole.height(), height);
    let stride = whole.width() as usize * 4;
    let mut out = Vec::with_capacity(width as usize * height as usize * 4);
    let mut row = vec![[0.0_f32; 4]; width as usize];
    for (top, weights) in &down {
        row.fill([0.0; 4]);
        for (line, down) in whole.as_raw().chunks_exact(stride).skip(*top).zip(weights) {
            for (sum, (left, weights)) in row.iter_mut().zip(&across) {
                for (pixel, across) in line.chunks_exact(4).skip(*left).zip(weights) {
                    let alpha = f32::from(pixel[3]) * across * down;
                    for (part, colour) in sum.iter_mut().zip(&pixel[..3]) {
                        *part += f32::from(*colour) * alpha;
                    }
                    sum[3] += alpha;
                }
            }
        }
        for [red, green, blue, alpha] in &row {
            let colour = |sum: &f32| if *alpha > 0.0 { (sum / alpha).round() as u8 } else { u8::MAX };
            out.extend([colour(red), colour(green), colour(blue), alpha.round() as u8]);
        }
    }
    out
}

/// Whether a JPEG has four components: the frame header (ITU T.81, B.2.2) says so.
fn is_cmyk(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xff, marker, high, low]) = bytes.get(at..at + 4) {
        // Start of frame; 0xc4, 0xc8 and 0xcc are tables and extensions.
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            return bytes.get(at + 9) == Some(&4);
        }
        // Between the markers may stand any number of 0xff.
        at += if *marker == 0xff { 1 } else { 2 + usize::from(u16::from_be_bytes([*high, *low])) };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(picture: impl Into<DynamicImage>) -> Vec<u8> {
        written(picture, ImageFormat::Png)
    }

    fn written(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.into().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn every_kind_of_pixel_becomes_eight_bit_rgb() {
        let grey = Picture::read(&png(image::GrayImage::from_pixel(3, 2, image::Luma([128])))).unwrap();
        assert_eq!((grey.size(), &grey.rgb()[..3], grey.alpha()), ((3, 2), &[128, 128, 128][..], None));
        let deep = image::ImageBuffer::from_pixel(2, 2, image::Rgba([65_535_u16, 0, 32_896, 32_896]));
        let deep = Picture::read(&png(DynamicImage::ImageRgba16(deep))).unwrap();
        assert_eq!((&deep.rgb()[..3], deep.alpha()), (&[255, 0, 128][..], Some(vec![128; 4])));
        for picture in [
            DynamicImage::from(image::GrayImage::from_pixel(8, 8, image::Luma([200]))),
            image::RgbImage::from_pixel(8, 8, image::Rgb([200, 200, 200])).into(),
        ] {
            let jpeg = Picture::read(&written(picture, ImageFormat::Jpeg)).unwrap();
            assert!(jpeg.rgb().iter().all(|part| part.abs_diff(200) < 4) && jpeg.alpha().is_none());
        }
    }

    #[test]
    fn large_ones_are_reduced_and_edges_keep_their_colour() {
        // Red on what is transparent and green: nothing of the green may be seen.
        let half =
            RgbaImage::from_fn(3001, 10, |x, _| image::Rgba(if x < 1500 { [255, 0, 0, 255] } else { [0, 255, 0, 0] }));
        let half = png(half);
        let read = Picture::read(&half).unwrap();
        assert_eq!(read.size(), (1200, 4));
        assert_eq!(Picture::read_for_page(&half).unwrap().size(), (2400, 8), "a whole page shows more than a logo");
        for pixel in read.rgba().chunks_exact(4).filter(|pixel| pixel[3] > 0) {
            assert_eq!(pixel[..3], [255, 0, 0]);
        }
        let (width, height, pixels) = read.reduced(60, 90);
        assert_eq!((width, height, pixels.len()), (60, 4, 60 * 4 * 4));
        assert_eq!((&pixels[..4], pixels[4 * 59 + 3]), (&[255, 0, 0, 255][..], 0));
        let sum = |(_, weights): &(usize, Vec<f32>)| weights.iter().sum::<f32>();
        assert!(shares(3001, 1200).iter().all(|share| (sum(share) - 1.0).abs() < 1e-3));
    }

    #[test]
    fn what_cannot_be_printed_says_what_to_do() {
        assert_eq!(Picture::read(b"GIF89a"), Err(PictureError::Format));
        assert_eq!(Picture::read(b""), Err(PictureError::Format));
        let whole = png(image::GrayImage::new(40, 40));
        assert!(matches!(Picture::read(&whole[..60]), Err(PictureError::Damaged(_))));
        // A head that promises 20,000 × 20,000 pixels: it is refused before anything is made room for.
        let mut head = whole[..33].to_vec();
        head[16..20].copy_from_slice(&20_000_u32.to_be_bytes());
        head[20..24].copy_from_slice(&20_000_u32.to_be_bytes());
        let sum = crc(&head[12..29]);
        head[29..33].copy_from_slice(&sum.to_be_bytes());
        head.extend(&whole[33..]);
        assert_eq!(Picture::read(&head), Err(PictureError::TooLarge { width: 20_000, height: 20_000 }));
        let cmyk = [
            &[0xff, 0xd8, 0xff, 0xee, 0, 14][..],
            b"Adobe\0d\0\0\0\0\0",
            &[0xff, 0xc0, 0, 20, 8, 0, 1, 0, 1, 4],
            &[1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0],
        ];
        assert_eq!(Picture::read(&cmyk.concat()), Err(PictureError::Cmyk));
    }

    /// The checksum of a part of a PNG.
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
        })
    }
}
