//! Notices that say that something was done, as opposed to those that warn.

use crate::app::model::state::Model;

impl Model {
    /// Says that something was done.
    pub(crate) fn report_done(&mut self, report: String) {
        self.done = Some(report.clone());
        self.notice = Some(report);
    }

    /// Whether a notice says that something was done.
    pub(crate) fn is_done(&self, notice: &str) -> bool {
        self.done.as_deref() == Some(notice)
    }
}
