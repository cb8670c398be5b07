//! Starts the window.

use std::path::PathBuf;

use eframe::egui::ViewportBuilder;

use crate::app::settings::Settings;
use crate::ui::root::Root;

/// Shows the window until it is closed, with a project if one is named.
///
/// # Errors
/// If no window can be opened, with what to try.
pub fn run(folder: Option<PathBuf>) -> Result<(), String> {
    let settings_path = Settings::default_path();
    let settings = settings_path.as_deref().map(Settings::read).unwrap_or_default();
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title("Goldthread")
            .with_app_id("goldthread")
            .with_inner_size([1366.0, 768.0])
            .with_min_inner_size([800.0, 480.0])
            .with_drag_and_drop(true),
        centered: true,
        ..eframe::NativeOptions::default()
    };
    let started = eframe::run_native(
        "goldthread",
        options,
        Box::new(|creation| {
            crate::ui::grid::use_system_clipboard(&creation.egui_ctx);
            let mut root = Root::new(&creation.egui_ctx, settings, settings_path);
            if let Some(folder) = folder {
                root.open_at_start(folder);
            }
            Ok(Box::new(root))
        }),
    );
    started.map_err(|error| {
        format!(
            "The window could not be opened: {error}\n\
             hint: check that a display is there (DISPLAY or WAYLAND_DISPLAY on Linux) and that it offers OpenGL 2.0 or newer; \
             with Mesa, LIBGL_ALWAYS_SOFTWARE=1 draws without graphics hardware.\n\
             The command line works without a window: see `goldthread --help`."
        )
    })
}
