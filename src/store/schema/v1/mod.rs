//! Format 1 of the project files.
//!
//! A project is a folder of text files in RON, UTF-8 with LF line ends:
//!
//! | file | field of the root: items |
//! |---|---|
//! | `project.ron` | `project`, `parts`, `people`, `customer_requirements`, `user_fields`, `attachments`, `finding_approvals`, `report_profiles` |
//! | `characteristics.ron` | `characteristics` |
//! | `equipment.ron` | `equipment` |
//! | `process-flow.ron` | `document`, `steps`, `flow_edges`, `step_characteristics` |
//! | `fmea-<slug>.ron` | `document`, `elements`, `functions`, `failures`, `risks`, `controls`, `actions` |
//! | `control-plan.ron`, `control-plan-<slug>.ron` | `document`, `plan_rows` |
//! | `ppap.ron` | `submissions`, `warrants`, `ppap_elements`, `test_results` |
//!
//! Only `project.ron` must exist. Every file begins with the same fields:
//!
//! ```text
//! (
//!     format: 1,
//!     save: "12-7k3m9q2w4x",
//!     saved_with: ["fmea-line.ron"],
//! ```
//!
//! `save` names the save that wrote the file: a number that counts up, a dash, and random characters. `saved_with` names the
//! other files that were written by the same save; it is left out if there was none. A program that makes files from scratch
//! writes `save: "1-new"` and no `saved_with`.
//!
//! The rest follows these rules, which together make the bytes canonical: the same contents give the same bytes.
//!
//! - Fields stand in the order of the declarations below. In an item the fields that identify and order it come first and are
//!   always written; all others are left out if they are blank (`""`, `None`, `[]`, `false`, or the variants `AllParts`, `Draft`,
//!   `NotConsidered`, of a report profile `A3`, `Landscape`, `PageOfPages` and the text size `"6.5"`). A list of the root that is empty is left out, too.
//! - Lists of the root are sorted by identity. Every other list keeps its order. The order of siblings that people see is the
//!   field `order`: digits and letters, compared byte by byte, not ending in `0`, such as `"a1"`, `"a2"`, … `"az"`, `"b01"`.
//! - Four levels are laid out one field or element a line with four blanks of indent; what is deeper stands in one line with a
//!   blank behind each comma. A trailing comma ends each line but no one-line list.
//! - Identities are `"<prefix>_<ten characters>"`, the characters out of `0123456789abcdefghjkmnpqrstvwxyz`; prefixes are `part`,
//!   `pers`, `csr`, `field`, `att`, `appr`, `rprof`, `doc`, `step`, `edge`, `char`, `stch`, `eq`, `elem`, `func`, `fail`, `risk`,
//!   `ctrl`, `act`, `row`, `sub`, `psw`, `ppel`, `res`. The wrong prefix is an error where the file is read.
//! - Words are in quotes. A backslash stands before `"` and `\` and in `\n`, `\r`, `\t` and `\u{202e}` (control characters and
//!   marks nobody sees); all else, umlauts and apostrophes included, is written as it is.
//! - Days are `"2026-05-01"`, decimal numbers are texts with the digits that people wrote (`"8.50"`).
//! - Optional values are `Some(…)`: `severity: Some(7)`. A rating that is no whole number is a text: `severity: Some("n/a")`.
//! - Variants have the names of the model (`kind: Operation`, `kind: Work(Machine)`, `anchor: Function("func_…")`,
//!   `specification: Limits(lower: Some("7.5"), upper: Some("8.5"), unit: "Nm")` or `Words("no burr")`,
//!   `subject: Characteristic((to: "char_…"))`, `SetUp("First-off part")`, `Open`,
//!   `your_plant: Effects([(to: "fail_…")])`, `NotKnown`, `NotApplicable(because: "…")`, `applicability: Parts(["part_…"])`).
//! - A reference is an identity, or `(missing: "step_…", last_label: "30 Press")` if its target was deleted. A reviewed link is
//!   `(to: "char_…", reviewed: (scheme: 1, by: "A. Weber", on: Some("2026-05-01"), values: [("specification", "8.0 ± 0.5 Nm"),
//!   ("class", "SC")]))`; the values are those of `Reviewed::review_values` in `model::review`, blank ones included.
//! - Steps and flow edges do not name their flow, rows not their plan, elements, risks, controls and actions not their FMEA: it
//!   is the document of the file. Functions name their `element`, failures their `anchor`.
//! - `meta` holds what any item may carry:
//!   `meta: Some((note: "…", external: [("plm", "4711")], origin: Some(Cell(file: "…", sheet: "…", cell: "C12")), values: [("field_…",
//!   "…")]))`.
//! - There are no comments: a note stands in `meta`.

pub mod characteristic;
pub mod common;
pub mod control_plan;
pub mod document;
pub mod equipment;
pub mod files;
pub mod flow;
pub mod fmea;
pub mod ppap;
pub mod project_data;
pub mod record;
pub mod report_profile;
pub mod risk;
