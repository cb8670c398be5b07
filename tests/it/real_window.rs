//! The program as people start it: a process of its own, a display, a first picture, an orderly end.
//!
//! It needs a display server without a screen, Xvfb. Where there is none the test says so aloud; it fails there if
//! `GOLDTHREAD_TEST_WINDOW` is `required`, as it is in continuous integration.

#![cfg(target_os = "linux")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use goldthread::app::samples;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, ImageFormat, MapState, Screen, Window,
};
use x11rb::rust_connection::RustConnection;

/// How long a slow machine may take for one step.
const PATIENCE: Duration = Duration::from_mins(2);

/// A process that ends with its owner.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.0.try_wait(), Ok(None)) {
            self.0.kill().ok();
        }
        self.0.wait().ok();
    }
}

fn on_path(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// A display of its own, on a number that the server chooses.
fn display(server: &Path) -> (Running, String) {
    let mut child = Command::new(server)
        .args(["-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(!line.trim().is_empty(), "Xvfb names its display");
    (Running(child), format!(":{}", line.trim()))
}

/// Asks until there is an answer, or fails with what was waited for and with what the program said.
fn wait_for<T>(program: &mut Running, what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        let ended = program.0.try_wait().unwrap();
        assert!(ended.is_none(), "the program ended with {ended:?} before {what}");
        assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The window that carries the name of the project.
fn find(connection: &RustConnection, below: Window, words: &str) -> Option<Window> {
    let utf8 = connection.intern_atom(false, b"_NET_WM_NAME").ok()?.reply().ok()?.atom;
    let name = connection.get_property(false, below, utf8, AtomEnum::ANY, 0, 1000).ok()?.reply().ok()?;
    let shown = connection.get_window_attributes(below).ok()?.reply().ok()?.map_state == MapState::VIEWABLE;
    if shown && String::from_utf8_lossy(&name.value).contains(words) {
        return Some(below);
    }
    let children = connection.query_tree(below).ok()?.reply().ok()?.children;
    children.into_iter().find_map(|child| find(connection, child, words))
}

/// How many colours the screen shows.
fn colours(connection: &RustConnection, screen: &Screen) -> Option<usize> {
    let (width, height) = (screen.width_in_pixels, screen.height_in_pixels);
    let image = connection.get_image(ImageFormat::Z_PIXMAP, screen.root, 0, 0, width, height, u32::MAX);
    let mut pixels: Vec<[u8; 4]> = image.ok()?.reply().ok()?.data.as_chunks().0.to_vec();
    pixels.sort_unstable();
    pixels.dedup();
    Some(pixels.len())
}

/// Asks a window to close, as the button in its frame does.
fn ask_to_close(connection: &RustConnection, window: Window) {
    let atom = |name: &[u8]| connection.intern_atom(false, name).unwrap().reply().unwrap().atom;
    let data = [atom(b"WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0];
    let message = ClientMessageEvent::new(32, window, atom(b"WM_PROTOCOLS"), data);
    connection.send_event(false, window, EventMask::NO_EVENT, message).unwrap().check().unwrap();
    connection.flush().unwrap();
}

#[test]
fn the_program_opens_a_project_paints_it_and_ends_when_its_window_is_closed() {
    let Some(server) = on_path("Xvfb") else {
        let required = std::env::var("GOLDTHREAD_TEST_WINDOW").is_ok_and(|value| value == "required");
        assert!(!required, "GOLDTHREAD_TEST_WINDOW=required, but Xvfb is not installed");
        let line = "NOT RUN: the test of the real window, because Xvfb is not installed (Debian: apt-get install xvfb)";
        // Past the capture of test output, so that it is seen in a run that passes.
        std::io::Write::write_all(&mut std::io::stderr(), format!("{line}\n").as_bytes()).unwrap();
        return;
    };
    let scratch = tempfile::tempdir().unwrap();
    let project = scratch.path().join("stamped-bracket");
    samples::write_to(samples::sample("stamped-bracket").unwrap(), &project).unwrap();
    let before = std::fs::read_to_string(project.join("process-flow.ron")).unwrap();

    let (_server, display) = display(&server);
    let (connection, screen) = RustConnection::connect(Some(&display)).unwrap();
    let screen = connection.setup().roots[screen].clone();
    let log = scratch.path().join("log");
    let child = Command::new(env!("CARGO_BIN_EXE_goldthread"))
        .arg(&project)
        .env("DISPLAY", &display)
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("HOME", scratch.path())
        .env("XDG_CONFIG_HOME", scratch.path().join("config"))
        .env("XDG_DATA_HOME", scratch.path().join("data"))
        .stderr(std::fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut program = Running(child);

    let window = wait_for(&mut program, "a window with the name of the project", || {
        find(&connection, screen.root, "– Goldthread")
    });
    // A window that is not painted yet shows one or two colours; text and lines come with many.
    wait_for(&mut program, "a picture", || colours(&connection, &screen).filter(|count| *count > 50));
    ask_to_close(&connection, window);
    let start = Instant::now();
    let status = loop {
        if let Some(status) = program.0.try_wait().unwrap() {
            break status;
        }
        assert!(start.elapsed() < PATIENCE, "the window did not close");
        std::thread::sleep(Duration::from_millis(50));
    };
    let said = std::fs::read_to_string(&log).unwrap();
    assert!(status.success(), "{status}: {said}");
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(std::fs::read_to_string(project.join("process-flow.ron")).unwrap(), before, "looking changes nothing");
}
