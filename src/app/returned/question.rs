//! The comparison off the frame.

use std::sync::Arc;

use crate::app::import::session::Opened;
use crate::app::lookup::{IsCurrent, Question};
use crate::base::clock::Date;
use crate::model::Project;

use super::{Returned, compare, is_stamped};

/// The question whether a file comes from the project, and what was changed in it.
#[derive(Debug, Clone)]
pub struct Compare {
    /// The file.
    pub opened: Arc<Opened>,
    /// The day.
    pub today: Date,
}

impl PartialEq for Compare {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.opened, &other.opened) && self.today == other.today
    }
}

impl Question for Compare {
    /// None if it comes from elsewhere.
    type Answer = Option<Arc<Returned>>;

    fn answer(&self, project: &Project, _: IsCurrent<'_>) -> Option<Self::Answer> {
        let workbook = &self.opened.workbook;
        let returned = is_stamped(workbook).then(|| compare(project, workbook, self.today));
        Some(returned.and_then(Result::ok).map(Arc::new))
    }
}
