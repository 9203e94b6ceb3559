//! Directions from basic arithmetic alone, so that they have the same bits on every machine.

use crate::layout::Point;

/// The unit vector at `turns` full turns from the x axis towards the y axis.
///
/// Good to about six digits: the polynomials are Taylor's, used within an eighth of a turn.
pub(crate) fn direction(turns: f32) -> Point {
    let whole = turns - turns.floor();
    let quarter = (whole * 4.0).floor();
    let rest = (whole - quarter * 0.25) * std::f32::consts::TAU - std::f32::consts::FRAC_PI_4;
    let square = rest * rest;
    let sine = rest * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0)));
    let cosine = 1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0));
    let half = std::f32::consts::FRAC_1_SQRT_2;
    let (x, y) = ((cosine - sine) * half, (cosine + sine) * half);
    match quarter as u32 {
        0 => Point { x, y },
        1 => Point { x: -y, y: x },
        2 => Point { x: -x, y: -y },
        _ => Point { x: y, y: -x },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_of_length_one_and_point_where_the_turn_says() {
        for step in 0..64_u8 {
            let turns = f32::from(step) / 64.0;
            let Point { x, y } = direction(turns);
            let angle = turns * std::f32::consts::TAU;
            assert!((x - angle.cos()).abs() < 1e-5 && (y - angle.sin()).abs() < 1e-5, "{turns}");
        }
    }
}
