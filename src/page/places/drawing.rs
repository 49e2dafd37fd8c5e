//! Where points lie on a drawing: geometry alone, which knows nothing of places and pages.
//!
//! An equirectangular projection with the cosine of the middle latitude: over the 60 km of London
//! it is right to far less than the size of a pin.

/// How wide a drawing is, in its own units: about as many as a telephone has points, so that a
/// number of 13 units can be read there.
pub(super) const WIDTH: f64 = 360.0;
/// What stays free on each side: half a pin, and a little.
const MARGIN: f64 = 24.0;
/// How high the part with points may be.
const HEIGHTS: (f64, f64) = (110.0, 250.0);
/// How many metres a drawing shows at the least. Two places in one street do not fill it: it would
/// look as if they were far from each other.
const LEAST: f64 = 3_000.0;
/// How far the middles of two pins stay from each other.
const APART: f64 = 29.0;
/// How often pins are pushed from each other, at most.
const ROUNDS: usize = 300;
/// Metres in a degree of latitude, on a ball as large as the Earth (radius 6,371 km).
const DEGREE: f64 = 111_195.0;

/// Degrees north and east.
pub(super) type Point = (f64, f64);
/// Units from the left and from the top.
pub(super) type Spot = (f64, f64);

/// Points on a sheet, north at the top.
#[derive(Debug)]
pub(super) struct Drawing {
    /// How high it is; it is [`WIDTH`] wide.
    pub(super) height: f64,
    /// Where each point is.
    pub(super) spots: Vec<Spot>,
    /// How many metres a unit is.
    pub(super) metres: f64,
}

/// Draws points so that all are seen, as large as that allows; nothing where there are none.
pub(super) fn draw(points: &[Point]) -> Option<Drawing> {
    let (south, north) = extent(points.iter().map(|point| point.0))?;
    let (west, east) = extent(points.iter().map(|point| point.1))?;
    let (middle, centre) = ((south + north) / 2.0, (west + east) / 2.0);
    let narrowed = DEGREE * middle.to_radians().cos();
    let (across, down) = ((east - west) * narrowed, (north - south) * DEGREE);
    let room = (WIDTH - 2.0 * MARGIN, HEIGHTS.1);
    let metres = (across / room.0).max(down / room.1).max(LEAST / room.0);
    let height = (down / metres).max(HEIGHTS.0) + 2.0 * MARGIN;
    let spot = |&(latitude, longitude): &Point| {
        let right = (longitude - centre) * narrowed / metres;
        (WIDTH / 2.0 + right, height / 2.0 - (latitude - middle) * DEGREE / metres)
    };
    Some(Drawing { height, spots: points.iter().map(spot).collect(), metres })
}

fn extent(numbers: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    numbers.fold(None, |known, number| match known {
        None => Some((number, number)),
        Some((least, most)) => Some((number.min(least), number.max(most))),
    })
}

/// Where pins can stand without one hiding another: as near to their spots as that allows.
pub(super) fn apart(drawing: &Drawing) -> Vec<Spot> {
    let mut pins = drawing.spots.clone();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for one in 0..pins.len() {
            for other in one + 1..pins.len() {
                let (right, down) = (pins[other].0 - pins[one].0, pins[other].1 - pins[one].1);
                let distance = right.hypot(down);
                if distance >= APART - 0.01 {
                    continue;
                }
                moved = true;
                // Pins at one spot have no direction between them: each pair gets one of its own.
                let (right, down) = match distance < 0.01 {
                    true => f64::from(u32::try_from(one * 7 + other).unwrap_or(0)).sin_cos(),
                    false => (right / distance, down / distance),
                };
                let push = (APART - distance) / 2.0;
                pins[one].0 -= right * push;
                pins[one].1 -= down * push;
                pins[other].0 += right * push;
                pins[other].1 += down * push;
            }
        }
        let edge = APART / 2.0;
        for pin in &mut pins {
            *pin = (pin.0.clamp(edge, WIDTH - edge), pin.1.clamp(edge, drawing.height - edge));
        }
        if !moved {
            break;
        }
    }
    pins
}

/// Spots near each other taken together: where each heap is, and how many are in it.
pub(super) fn heaps(spots: &[Spot]) -> Vec<(Spot, usize)> {
    let mut heaps: Vec<(Spot, usize)> = Vec::new();
    for spot in spots {
        let near = |(middle, _): &&mut (Spot, usize)| {
            (middle.0 - spot.0).hypot(middle.1 - spot.1) < APART * 1.3
        };
        match heaps.iter_mut().find(near) {
            Some((_, count)) => *count += 1,
            None => heaps.push((*spot, 1)),
        }
    }
    heaps
}

/// The longest of 1, 2, 5, 10, 20 … (and a half) that is not longer than `most`.
pub(super) fn round(most: f64) -> f64 {
    let lengths = [100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0];
    lengths.into_iter().find(|length| *length <= most).unwrap_or(0.5)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn about(a: f64, b: f64, slack: f64) -> bool {
        (a - b).abs() <= slack
    }

    #[test]
    fn north_is_at_the_top_and_east_on_the_right() {
        let drawing = draw(&[(51.6, -0.2), (51.5, 0.0)]).unwrap();
        let [(x1, y1), (x2, y2)] = drawing.spots[..] else { panic!("two spots") };
        assert!(x1 < x2 && y1 < y2, "{:?}", drawing.spots);
    }

    #[test]
    fn a_kilometre_is_as_long_in_every_direction() {
        // A hundredth of a degree of latitude is 1,112 m; of longitude at 51.5 north, 692 m.
        let drawing = draw(&[(51.45, -0.1), (51.55, -0.1), (51.45, 0.1)]).unwrap();
        let [origin, north, east] = drawing.spots[..] else { panic!("three spots") };
        assert!(about((origin.1 - north.1) * drawing.metres, 11_120.0, 1.0));
        assert!(about((east.0 - origin.0) * drawing.metres, 13_844.0, 5.0));
    }

    #[test]
    fn places_in_one_street_do_not_fill_the_drawing() {
        let near = draw(&[(51.5, -0.1), (51.5, -0.099)]).unwrap();
        let distance = near.spots[1].0 - near.spots[0].0;
        assert!(distance > 0.0 && distance < 10.0, "{distance}");
        assert!(near.metres * WIDTH >= LEAST);
    }

    #[test]
    fn one_place_and_several_at_one_point_are_drawn_in_the_middle() {
        for count in [1, 2, 30] {
            let drawing = draw(&vec![(51.5, -0.1); count]).unwrap();
            assert!(drawing.spots.iter().all(|spot| about(spot.0, WIDTH / 2.0, 0.001)));
            assert!(drawing.metres.is_finite() && drawing.height > 0.0);
        }
        assert!(draw(&[]).is_none());
    }

    #[test]
    fn a_scale_is_a_round_number() {
        let rounded = [(0.2, 0.5), (0.99, 0.5), (1.0, 1.0), (4.9, 2.0), (7.0, 5.0), (64.0, 50.0)];
        for (most, length) in rounded {
            assert!(about(round(most), length, 0.0), "{most}");
        }
    }

    proptest! {
        /// Wherever places are, all are on the sheet, and no pin lies over another's number.
        #[test]
        fn every_pin_is_on_the_sheet_and_can_be_read(
            points in prop::collection::vec((51.2..51.8_f64, -0.6..0.4_f64), 1..40),
            same in 0..3_usize,
        ) {
            let mut points = points;
            points.truncate(36);
            points.extend(vec![points[0]; same]);
            let drawing = draw(&points).unwrap();
            let pins = apart(&drawing);
            for (x, y) in drawing.spots.iter().chain(&pins) {
                prop_assert!((0.0..=WIDTH).contains(x) && (0.0..=drawing.height).contains(y));
            }
            for (at, one) in pins.iter().enumerate() {
                for other in &pins[at + 1..] {
                    let distance = (one.0 - other.0).hypot(one.1 - other.1);
                    prop_assert!(distance > APART * 0.6, "{distance}");
                }
            }
        }

        #[test]
        fn heaps_hold_every_spot_once(spots in prop::collection::vec((0.0..360.0_f64, 0.0..250.0_f64), 0..400)) {
            let heaps = heaps(&spots);
            prop_assert_eq!(heaps.iter().map(|(_, count)| count).sum::<usize>(), spots.len());
        }
    }
}
