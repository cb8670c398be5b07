//! Small widgets in the hand of the product: buttons, chips, badges, empty views, fields, list rows.

use eframe::egui::{
    Align, Align2, Button, CursorIcon, Frame, Layout, Margin, Rect, Response, RichText, Role, Sense, Stroke,
    StrokeKind, TextWrapMode, Ui, Vec2, WidgetInfo, WidgetText, vec2,
};

use super::icons::{Icon, paint_icon, paint_severity};
use super::theme::{Weight, font};
use super::tokens::{Severity, Tokens, Tone, size};

/// A button of a toolbar that shows an icon; `name` is its tooltip and what a screen reader says.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(26.0), Sense::click());
    let tokens = Tokens::of(ui);
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact(&response);
        if response.hovered() || response.has_focus() {
            ui.painter().rect(rect, visuals.corner_radius, visuals.bg_fill, visuals.bg_stroke, StrokeKind::Inside);
        }
        let color = if ui.is_enabled() { tokens.text } else { tokens.quiet };
        paint_icon(ui.painter(), rect.shrink(6.0), icon, color);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    response.on_hover_text(name)
}

/// A button with words; `hint` is its tooltip.
pub fn text_button(ui: &mut Ui, text: &str, hint: &str) -> Response {
    let response = ui.add(Button::new(text).wrap_mode(TextWrapMode::Extend));
    if hint.is_empty() { response } else { response.on_hover_text(hint) }
}

/// The one button of a dialog or an empty view that carries on.
pub fn primary_button(ui: &mut Ui, text: &str) -> Response {
    let tokens = Tokens::of(ui);
    let button = Button::new(RichText::new(text).color(tokens.paper).font(font(Weight::Medium, size::CHROME_TEXT)))
        .fill(tokens.selection)
        .stroke(Stroke::NONE)
        .wrap_mode(TextWrapMode::Extend);
    ui.add(button)
}

/// What the person did with a chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChipAction {
    /// Clicked it.
    Open,
    /// Asked to take it away.
    Remove,
}

/// A chip, such as an active filter; with `removable` it has a cross.
pub fn chip(ui: &mut Ui, text: &str, removable: bool) -> Option<ChipAction> {
    let tokens = Tokens::of(ui);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font(Weight::Regular, 12.0), tokens.text);
    let cross = if removable { 18.0 } else { 0.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 16.0 + cross, 22.0), Sense::click());
    let fill = if response.hovered() { tokens.pressed } else { tokens.hover };
    ui.painter().rect(rect, 11.0, fill, Stroke::new(1.0, tokens.line), StrokeKind::Inside);
    let text_at = Align2::LEFT_CENTER.pos_in_rect(&rect.shrink2(vec2(8.0, 0.0))) - vec2(0.0, galley.size().y / 2.0);
    ui.painter().galley(text_at, galley, tokens.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), text));
    if removable {
        let at = Rect::from_center_size(rect.right_center() - vec2(12.0, 0.0), Vec2::splat(16.0));
        let close = ui.interact(at, response.id.with("remove"), Sense::click());
        let name = format!("Remove {text}");
        close.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
        let color = if close.hovered() { tokens.text } else { tokens.quiet };
        paint_icon(ui.painter(), at.shrink(4.0), Icon::Cross, color);
        if close.on_hover_text(name).clicked() {
            return Some(ChipAction::Remove);
        }
    }
    response.clicked().then_some(ChipAction::Open)
}

/// A short text on the fill of its tone, such as the letter of an action priority.
pub fn badge(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    let tokens = Tokens::of(ui);
    let pair = tokens.tone(tone);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font(Weight::Medium, 12.0), pair.text);
    let (rect, response) = ui.allocate_exact_size(vec2((galley.size().x + 12.0).max(22.0), 20.0), Sense::hover());
    ui.painter().rect_filled(rect, f32::from(size::CORNER), pair.fill);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, pair.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), text));
    response
}

/// A view without content: what belongs here, and the first action; returns whether that was chosen.
pub fn empty_state(ui: &mut Ui, title: &str, text: &str, action: Option<&str>) -> bool {
    let tokens = Tokens::of(ui);
    let mut chosen = false;
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3).clamp(16.0, 200.0));
        ui.set_max_width(ui.available_width().min(440.0));
        ui.label(RichText::new(title).font(font(Weight::Medium, size::TITLE_TEXT)).color(tokens.text));
        ui.add_space(size::STEP);
        ui.label(RichText::new(text).color(tokens.quiet));
        if let Some(action) = action {
            ui.add_space(3.0 * size::STEP);
            chosen = primary_button(ui, action).clicked();
        }
    });
    chosen
}

/// The heading of a section in a panel.
pub fn section(ui: &mut Ui, text: &str) -> Response {
    let tokens = Tokens::of(ui);
    ui.add_space(2.0 * size::STEP);
    let label = RichText::new(text).font(font(Weight::Medium, size::CAPTION_TEXT)).color(tokens.quiet);
    let response = ui.label(label);
    let y = response.rect.center().y;
    let from = response.rect.right() + 2.0 * size::STEP;
    let to = ui.max_rect().right();
    if to > from {
        ui.painter().hline(from..=to, y, Stroke::new(1.0, tokens.line));
    }
    response
}

/// A row with a label and the field it names; the label is the accessible name of the field that `add` returns.
pub fn field_row(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        let breadth = (ui.available_width() * 0.36).clamp(90.0, 180.0);
        let (rect, named) = ui.allocate_exact_size(vec2(breadth, ui.spacing().interact_size.y), Sense::hover());
        let mut inner =
            ui.new_child(eframe::egui::UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)));
        let shown = inner.label(RichText::new(label).color(tokens.quiet));
        drop(named);
        add(ui).labelled_by(shown.id)
    })
    .inner
}

/// Gives a widget its name for screen readers.
pub fn named(response: Response, name: &str) -> Response {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_label(name));
    response
}

/// The ground of a row of a list: chosen, under the pointer, or with the focus of the keyboard.
pub fn row_ground(ui: &Ui, response: &Response, chosen: bool) {
    let tokens = Tokens::of(ui);
    let fill = match (chosen, response.hovered()) {
        (true, _) => Some(tokens.selection_fill()),
        (false, true) => Some(tokens.hover),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(response.rect, f32::from(size::CORNER), fill);
    }
    if response.has_focus() {
        let edge = Stroke::new(1.0, tokens.selection);
        ui.painter().rect_stroke(response.rect, f32::from(size::CORNER), edge, StrokeKind::Inside);
    }
}

/// A row of a list that can be chosen: an optional severity, the text, and a quiet remark at the right.
pub fn list_row(ui: &mut Ui, severity: Option<Severity>, text: &str, remark: &str, chosen: bool) -> Response {
    let tokens = Tokens::of(ui);
    let breadth = ui.available_width();
    let remark_galley =
        ui.painter().layout_no_wrap(remark.to_owned(), font(Weight::Regular, size::CAPTION_TEXT), tokens.quiet);
    let left = 8.0 + if severity.is_some() { size::ICON + 6.0 } else { 0.0 };
    let room = (breadth - left - remark_galley.size().x - 20.0).max(60.0);
    let galley = ui.painter().layout(text.to_owned(), font(Weight::Regular, size::CHROME_TEXT), tokens.text, room);
    let height = (galley.size().y + 8.0).max(24.0);
    let (rect, response) = ui.allocate_exact_size(vec2(breadth, height), Sense::click());
    if ui.is_rect_visible(rect) {
        row_ground(ui, &response, chosen);
        if let Some(severity) = severity {
            let at = Rect::from_min_size(rect.min + vec2(6.0, 5.0), Vec2::splat(size::ICON));
            paint_severity(ui.painter(), at, severity, tokens);
        }
        ui.painter().galley(rect.min + vec2(left, 4.0), galley, tokens.text);
        let at = rect.right_top() + vec2(-8.0 - remark_galley.size().x, 5.0);
        ui.painter().galley(at, remark_galley, tokens.quiet);
    }
    let spoken = match severity {
        Some(severity) => format!("{}, {text}, {remark}", severity.word()),
        None if remark.is_empty() => text.to_owned(),
        None => format!("{text}, {remark}"),
    };
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), chosen, &spoken));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// Text in the background: a caption or an explanation.
pub fn caption(ui: &mut Ui, text: &str) -> Response {
    let tokens = Tokens::of(ui);
    let text: WidgetText =
        RichText::new(text).font(font(Weight::Regular, size::CAPTION_TEXT)).color(tokens.quiet).into();
    ui.label(text)
}

/// A toolbar: one line of the height of toolbars with a line below it.
pub fn toolbar(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    strip(ui, size::TOOLBAR, add);
}

/// One line of this height above a view, with a line below it.
pub fn strip(ui: &mut Ui, height: f32, add: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let frame = Frame::NONE.fill(tokens.panel).inner_margin(Margin::symmetric(8, 0));
    let shown = frame.show(ui, |ui| {
        let room = vec2(ui.available_width(), height);
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(room);
            add(ui);
        });
    });
    let rect = shown.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, tokens.line));
}
