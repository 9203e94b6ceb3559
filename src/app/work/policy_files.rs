//! Policies on disk: asked for, read and written off the drawing thread.

use crate::app::jobs::{Asking, JobEnd, JobKind, Jobs};
use crate::app::model::policy::LoadedPolicy;
use crate::inventory::{Assumptions, Date};

impl Jobs {
    /// Asks for a policy and reads it.
    pub(crate) fn load_policy(&mut self, as_of: Date) {
        self.start(JobKind::Dialog, move |_| {
            let chosen = rfd::FileDialog::new()
                .set_title("Load a policy")
                .add_filter("Policy", &["toml"])
                .add_filter("All files", &["*"])
                .pick_file();
            JobEnd::PolicyRead(chosen.map(|path| LoadedPolicy::read(&path, as_of)))
        });
    }

    /// Asks where the assumptions shall go, and writes them as a policy.
    pub(crate) fn save_policy(&mut self, assumptions: Assumptions) {
        let asking = Asking {
            title: "Save the policy",
            file_name: "policy.toml",
            kind: ("Policy", "toml"),
            otherwise: "keyreach policy --output FILE writes one to begin with",
        };
        self.save(asking, move |path| {
            let text = assumptions.to_policy();
            let write = |out: &mut dyn std::io::Write| out.write_all(text.as_bytes());
            match crate::cli::write_whole(path, write) {
                Ok(()) => format!("The policy is in {}", path.display()),
                Err(error) => {
                    format!("the policy could not be written ({error}): {}", path.display())
                }
            }
        });
    }
}
