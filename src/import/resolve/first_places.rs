//! Where things are first named, for problems that are about no single row.

use crate::inventory::{Inventory, Place};

/// For each service instance the place of the first row that names it.
pub(crate) fn first_places(inventory: &Inventory) -> Vec<Option<Place>> {
    let mut places = vec![None; inventory.instances.len()];
    for link in &inventory.links {
        let Some(row) = inventory.rows.get(link.row.0 as usize) else { continue };
        if let Some(place) = places.get_mut(link.instance.0 as usize)
            && place.is_none()
        {
            *place = Some(row.place);
        }
    }
    places
}
