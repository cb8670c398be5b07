//! Report profiles: added, filled and chosen in their dialog, and printed by in the preview.

use std::fs;
use std::io::Cursor;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, vec2};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use goldthread::app::settings::Theme;
use goldthread::model::report_profile::{PageNumbers, Paper, ReportProfile};

use super::navigation::wait_until;
use super::rig::{Start, Window, copy_of};

fn start(theme: Theme) -> Window {
    let (scratch, folder) = copy_of("stamped-bracket");
    fs::create_dir(folder.join("attachments")).unwrap();
    let logo = image::RgbaImage::from_fn(180, 60, |x, y| {
        let inside = (x as i32 - 30).pow(2) + (y as i32 - 30).pow(2) < 800 || (x > 70 && y > 20 && y < 40);
        image::Rgba(if inside { [180, 60, 20, 255] } else { [255, 255, 255, 0] })
    });
    let mut png = Cursor::new(Vec::new());
    logo.write_to(&mut png, image::ImageFormat::Png).unwrap();
    fs::write(folder.join("attachments/logo.png"), png.into_inner()).unwrap();
    Window::start(scratch, Start { size: vec2(1366.0, 768.0), theme, folder: Some(folder), ..Start::default() })
}

fn profiles(window: &Window) -> Vec<ReportProfile> {
    window.desk().project().report_profiles().into_iter().cloned().collect()
}

/// What a list that opens shows.
fn chosen(window: &Window, name: &str) -> Option<String> {
    let combo = window
        .harness
        .query_all_by_role(Role::ComboBox)
        .find(|node| node.accesskit_node().label().as_deref() == Some(name))?;
    combo.accesskit_node().value()
}

fn open(window: &mut Window, name: &str) {
    let is_it = |node: &Node<'_>| node.accesskit_node().label().as_deref() == Some(name);
    let found = window.harness.query_all_by_role(Role::ComboBox).rfind(is_it);
    found.unwrap_or_else(|| panic!("no list “{name}” among\n{}", window.names().join("\n"))).click();
    window.harness.run();
}

fn choose(window: &mut Window, name: &str, value: &str) {
    open(window, name);
    window.click_button(value);
}

/// A profile with a logo, made in the dialog.
fn fill(window: &mut Window) {
    window.menu("Report", "Report profiles…");
    assert!(window.says("reports are on A3"));
    window.click_button("Add profile");
    window.fill("Profile name", "Customer A");
    window.fill("Logo", "attachments/logo.png");
    window.fill("Confidentiality", "Internal");
    window.fill("Footer text", "Form F-0815");
    choose(window, "Paper", "A4");
    choose(window, "Page numbers", "3 / 12");
    wait_until(window, "the first page", |window| window.says("First page") && !window.says("aying out"));
}

#[test]
fn a_profile_is_made_in_the_dialog_and_the_preview_prints_by_it() {
    let mut window = start(Theme::Light);
    fill(&mut window);
    let made = &profiles(&window)[0];
    let said = [&made.name, &made.logo, &made.confidentiality, &made.footer].map(ToString::to_string);
    assert_eq!(said, ["Customer A", "attachments/logo.png", "Internal", "Form F-0815"]);
    assert_eq!((made.paper, made.page_numbers), (Paper::A4, PageNumbers::NumberOfPages));

    // What does not hold is told where it was typed, and a logo that is not there where the page is shown.
    window.fill("Text size in points", "3");
    window.fill("Logo", "attachments/none.png");
    assert!(window.says("from 6 to 14 points"));
    window.fill("Footer text", "Form F-0815");
    wait_until(&mut window, "the warning", |window| window.says("attachments/none.png is not printed"));
    window.fill("Logo", "attachments/logo.png");
    window.fill("Text size in points", "6");
    window.fill("Footer text", "Form F-0815");
    wait_until(&mut window, "the logo", |window| !window.says("is not printed"));

    // Columns are ticked off one by one or by the choices of the screen.
    open(&mut window, "FMEA (AIAG & VDA)");
    let is_remarks = |node: &Node<'_>| node.accesskit_node().label().is_some_and(|label| label.contains("Remarks"));
    window.harness.query_all_by_role(Role::CheckBox).find(is_remarks).unwrap().click_accesskit();
    window.harness.run();
    assert_eq!(profiles(&window)[0].left_out[0].columns.len(), 1);
    window.click_button("Risk");
    assert!(profiles(&window)[0].left_out[0].columns.len() > 5);
    window.press(Key::Escape);

    // A second one is made, and taken.
    window.click_button("Add profile");
    window.fill("Profile name", "Shop floor");
    window.click_button("Print by this profile");
    window.click_button("Move profile up");
    assert_eq!(profiles(&window)[0].name.as_str(), "Shop floor");
    window.click_button("Close");
    window.show("Control plan");
    window.command(Key::F2);
    wait_until(&mut window, "pages", |window| window.says("Page 1 of "));
    assert_eq!(chosen(&window, "Report profile").as_deref(), Some("Shop floor"));
    let first = |window: &Window| window.names().into_iter().find(|name| name.starts_with("Page 1 of "));
    let before = first(&window);
    choose(&mut window, "Report profile", "Customer A");
    wait_until(&mut window, "more pages", |window| first(window).is_some_and(|now| Some(now) != before));
    assert_eq!(chosen(&window, "Report profile").as_deref(), Some("Customer A"));

    // The last one that is deleted leaves the paper as it was before.
    for _ in 0..2 {
        window.menu("Report", "Report profiles…");
        window.click_button("Delete profile");
        window.click_button("Close");
    }
    assert!(profiles(&window).is_empty());
    assert_eq!(chosen(&window, "Report profile"), None);
}

#[test]
fn the_dialog_shows_the_page_with_its_logo_in_light() {
    let mut window = start(Theme::Light);
    fill(&mut window);
    super::looks::look(&mut window, "report_profiles_light");
}

#[test]
fn the_dialog_shows_the_page_with_its_logo_in_dark() {
    let mut window = start(Theme::Dark);
    fill(&mut window);
    super::looks::look(&mut window, "report_profiles_dark");
}
