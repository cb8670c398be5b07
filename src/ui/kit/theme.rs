//! Puts the tokens and the bundled fonts into egui.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke, Style,
    TextStyle, Theme, Visuals, epaint::FontColorTransferFunction, style::WidgetVisuals, vec2,
};

use super::tokens::{Tokens, size};

/// Name of the family of medium weight.
const MEDIUM: &str = "medium";
/// Name of the bold family.
const BOLD: &str = "bold";
/// Name of the italic family.
const ITALIC: &str = "italic";

/// The font families of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Headings and letters that must stand out.
    Medium,
    /// The rare strong word of a dialog; never in cells.
    Bold,
    /// Remarks.
    Italic,
}

/// The font of a weight and a size in points.
pub fn font(weight: Weight, points: f32) -> FontId {
    let family = match weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::Medium => FontFamily::Name(MEDIUM.into()),
        Weight::Bold => FontFamily::Name(BOLD.into()),
        Weight::Italic => FontFamily::Name(ITALIC.into()),
    };
    FontId::new(points, family)
}

/// The weight of a family; `None` for one of another kind.
pub(super) fn weight_of(family: &FontFamily) -> Option<Weight> {
    match family {
        FontFamily::Proportional | FontFamily::Monospace => Some(Weight::Regular),
        FontFamily::Name(name) => match &**name {
            MEDIUM => Some(Weight::Medium),
            BOLD => Some(Weight::Bold),
            ITALIC => Some(Weight::Italic),
            _ => None,
        },
    }
}

/// Installs fonts and both themes; which of them shows is chosen with [`Context::set_theme`].
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    super::system_fonts::install(ctx);
    ctx.set_style_of(Theme::Light, style(Theme::Light));
    ctx.set_style_of(Theme::Dark, style(Theme::Dark));
}

/// The bundled fonts, so that screen and paper show the same glyphs everywhere. Fonts of the machine come behind them, and only
/// for what they do not have.
pub fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let files: [(&str, &'static [u8]); 6] = [
        ("regular", include_bytes!("../../../assets/fonts/GoldthreadSans-Regular.ttf")),
        (MEDIUM, include_bytes!("../../../assets/fonts/GoldthreadSans-Medium.ttf")),
        (BOLD, include_bytes!("../../../assets/fonts/GoldthreadSans-Bold.ttf")),
        (ITALIC, include_bytes!("../../../assets/fonts/GoldthreadSans-Italic.ttf")),
        ("math", include_bytes!("../../../assets/fonts/NotoSansMath-Subset.ttf")),
        ("symbols", include_bytes!("../../../assets/fonts/NotoSansSymbols2-Subset.ttf")),
    ];
    for (name, bytes) in files {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let chain = |first: &str| [first, "math", "symbols"].map(str::to_owned).to_vec();
    fonts.families.insert(FontFamily::Proportional, chain("regular"));
    fonts.families.insert(FontFamily::Monospace, chain("regular"));
    for name in [MEDIUM, BOLD, ITALIC] {
        fonts.families.insert(FontFamily::Name(name.into()), chain(name));
    }
    fonts
}

fn style(theme: Theme) -> Style {
    let (tokens, visuals) = match theme {
        Theme::Light => (Tokens::light(), Visuals::light()),
        Theme::Dark => (Tokens::dark(), Visuals::dark()),
    };
    let mut style = Style { visuals: themed(visuals, tokens), animation_time: 0.1, ..Style::default() };
    style.text_styles = [
        (TextStyle::Body, font(Weight::Regular, size::CHROME_TEXT)),
        (TextStyle::Button, font(Weight::Regular, size::CHROME_TEXT)),
        (TextStyle::Monospace, FontId::new(size::GRID_TEXT, FontFamily::Monospace)),
        (TextStyle::Small, font(Weight::Regular, size::CAPTION_TEXT)),
        (TextStyle::Heading, font(Weight::Medium, size::TITLE_TEXT)),
    ]
    .into();
    style.spacing.item_spacing = vec2(2.0 * size::STEP, size::STEP);
    style.spacing.button_padding = vec2(2.0 * size::STEP, size::STEP);
    style.spacing.menu_margin = Margin::same(4);
    style.spacing.interact_size = vec2(24.0, 24.0);
    style.spacing.window_margin = Margin::same(12);
    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    style
}

fn themed(mut visuals: Visuals, tokens: &Tokens) -> Visuals {
    let radius = CornerRadius::same(size::CORNER);
    let widget = |fill: Color32, edge: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, edge),
        corner_radius: radius,
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    visuals.widgets.noninteractive = widget(tokens.panel, tokens.line, tokens.text);
    visuals.widgets.inactive = widget(tokens.paper, tokens.line, tokens.text);
    visuals.widgets.hovered = widget(tokens.hover, tokens.strong_line, tokens.text);
    visuals.widgets.active = widget(tokens.pressed, tokens.selection, tokens.text);
    visuals.widgets.open = widget(tokens.pressed, tokens.strong_line, tokens.text);
    if visuals.dark_mode {
        // Light text on dark looks bolder than it is; egui's own curve overdoes the help it needs.
        visuals.text_options.color_transfer_function = FontColorTransferFunction::Gamma(0.75);
    }
    visuals.weak_text_color = Some(tokens.quiet);
    visuals.selection.bg_fill = tokens.selection_fill();
    visuals.selection.stroke = Stroke::new(1.0, tokens.selection);
    visuals.hyperlink_color = tokens.selection;
    visuals.faint_bg_color = tokens.ground;
    visuals.extreme_bg_color = tokens.paper;
    visuals.text_edit_bg_color = Some(tokens.paper);
    visuals.code_bg_color = tokens.ground;
    visuals.warn_fg_color = tokens.warning;
    visuals.error_fg_color = tokens.error;
    visuals.window_fill = tokens.panel;
    visuals.window_stroke = Stroke::new(1.0, tokens.strong_line);
    visuals.window_corner_radius = radius;
    visuals.menu_corner_radius = radius;
    visuals.panel_fill = tokens.panel;
    let shadow = Shadow { offset: [0, 4], blur: 12, spread: 0, color: Color32::from_black_alpha(48) };
    visuals.popup_shadow = shadow;
    visuals.window_shadow = shadow;
    visuals.text_cursor.stroke = Stroke::new(1.5, tokens.selection);
    visuals.indent_has_left_vline = false;
    visuals.disabled_alpha = 0.5;
    visuals
}

/// A frame for panels of the window: the panel colour and no margin.
pub fn panel_frame(tokens: &Tokens) -> egui::Frame {
    egui::Frame::NONE.fill(tokens.panel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_has_its_own_file_and_the_symbols_behind_it() {
        let fonts = fonts();
        for weight in [Weight::Regular, Weight::Medium, Weight::Bold, Weight::Italic] {
            let chain = &fonts.families[&font(weight, 12.0).family];
            assert_eq!(chain.len(), 3);
            assert!(chain.iter().all(|name| fonts.font_data.contains_key(name)));
        }
        assert_ne!(
            fonts.families[&font(Weight::Regular, 12.0).family],
            fonts.families[&font(Weight::Medium, 12.0).family]
        );
    }

    #[test]
    fn no_text_style_is_below_eleven_points() {
        for theme in [Theme::Light, Theme::Dark] {
            assert!(style(theme).text_styles.values().all(|font| font.size >= size::CAPTION_TEXT));
        }
    }
}
