//! Tells what is being typed into a field whose text is kept once it is left.

use egui::{Context, Id, Ui};

use crate::app::model::typed::TypedText;

/// What is being typed, and in which pass its field was drawn.
#[derive(Clone, Debug)]
struct Typed {
    pass: u64,
    text: TypedText,
}

/// Notes what is being typed, as long as its field is drawn.
pub(crate) fn note_typed(ui: &Ui, text: TypedText) {
    let pass = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| data.insert_temp(id(), Typed { pass, text }));
}

/// What is being typed now.
pub(crate) fn typed_now(context: &Context) -> Option<TypedText> {
    let typed: Typed = context.data(|data| data.get_temp(id()))?;
    // What stands in no field any more was kept, or left.
    (context.cumulative_pass_nr() - typed.pass <= 1).then_some(typed.text)
}

fn id() -> Id {
    Id::unique("what is being typed")
}
