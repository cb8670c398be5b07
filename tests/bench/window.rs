//! What a frame of the real window costs: its logic and its views, without a screen.

use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui::{
    Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, TouchPhase,
    Vec2, pos2, vec2,
};
use goldthread::app::settings::Settings;
use goldthread::ui::root::Root;

/// An ordinary screen.
const SCREEN: Vec2 = vec2(1920.0, 1080.0);
/// A place in the middle of a form.
const IN_FORM: Pos2 = pos2(1300.0, 500.0);

/// What frames cost.
pub struct Frames {
    /// From nothing to the first frame with the project: read, checked, shown.
    pub first: Duration,
    /// While the PFMEA scrolls by the height of a line or two.
    pub scrolling: Duration,
    /// The slowest of these frames: a step comes into sight that nobody looked at yet.
    pub slowest: Duration,
    /// While a cell is typed into.
    pub typing: Duration,
    /// The slowest of the frames that take over an edit.
    pub editing: Duration,
    /// While the diagram of the process flow scrolls.
    pub diagram: Duration,
}

/// A window without a screen.
struct Window {
    ctx: Context,
    root: Root,
    time: f64,
}

impl Window {
    fn new() -> Self {
        let ctx = Context::default();
        let settings = Settings { author: "Bench".into(), ..Settings::default() };
        let root = Root::new(&ctx, settings, None);
        Self { ctx, root, time: 0.0 }
    }

    /// A frame with these events, and what it took.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, SCREEN));
        let input = RawInput { screen_rect, time: Some(self.time), events, focused: true, ..RawInput::default() };
        let start = Instant::now();
        let output = self.ctx.run_ui(input, |ui| {
            self.root.logic(ui.ctx());
            self.root.ui(ui);
        });
        let taken = start.elapsed();
        drop(output);
        taken
    }

    fn frames(&mut self, count: usize) {
        for _ in 0..count {
            self.frame(Vec::new());
        }
    }

    /// The slower of the two frames in which a key goes down and up.
    fn press(&mut self, key: Key, modifiers: Modifiers) -> Duration {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        let down = self.frame(vec![event(true)]);
        down.max(self.frame(vec![event(false)]))
    }

    fn click(&mut self, pos: Pos2) {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        self.frame(vec![Event::PointerMoved(pos)]);
        self.frame(vec![Event::PointerButton { pos, button, pressed: true, modifiers }]);
        self.frame(vec![Event::PointerButton { pos, button, pressed: false, modifiers }]);
        self.frames(2);
    }

    /// The frames while the wheel turns.
    fn scroll(&mut self, at: Pos2) -> Vec<Duration> {
        self.frame(vec![Event::PointerMoved(at)]);
        self.frames(10);
        let turn = || Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, -60.0),
            source: MouseWheelSource::Unknown,
            phase: TouchPhase::Move,
            modifiers: Modifiers::NONE,
        };
        (0..240).map(|_| self.frame(vec![turn()])).collect()
    }
}

/// Measures the window on a project.
pub fn measure(folder: &Path) -> Frames {
    let start = Instant::now();
    let mut window = Window::new();
    window.root.open_at_start(folder.to_owned());
    window.frame(Vec::new());
    let first = start.elapsed();
    assert!(window.root.desk().is_some(), "the project is open");
    window.frames(5);
    let diagram = super::median(window.scroll(pos2(500.0, 500.0)));
    window.press(Key::PageDown, Modifiers::COMMAND);
    window.frames(5);
    let turning = window.scroll(IN_FORM);
    let slowest = turning.iter().max().copied().unwrap_or_default();
    let scrolling = super::median(turning);
    window.frames(30);
    window.click(IN_FORM);
    let typing = window.type_text();
    let editing = super::median((0..9).map(|_| window.edit()).collect());
    Frames { first, scrolling, slowest, typing, editing, diagram }
}

impl Window {
    /// The median frame while a cell is typed into.
    fn type_text(&mut self) -> Duration {
        self.press(Key::F2, Modifiers::NONE);
        let times = "adjusted to the tolerance of the drawing".chars();
        let median = super::median(times.map(|letter| self.frame(vec![Event::Text(letter.to_string())])).collect());
        self.press(Key::Escape, Modifiers::NONE);
        self.frames(3);
        median
    }

    /// The slowest of the frames that take over what was typed: planned, made, checked, shown.
    fn edit(&mut self) -> Duration {
        let before = self.root.desk().map(|desk| desk.project().revision());
        self.press(Key::F2, Modifiers::NONE);
        self.frame(vec![Event::Text(" more".to_owned())]);
        let taken = self.press(Key::Enter, Modifiers::NONE);
        let taken = (0..4).map(|_| self.frame(Vec::new())).fold(taken, Duration::max);
        assert_ne!(self.root.desk().map(|desk| desk.project().revision()), before, "the cell was changed");
        taken
    }
}
