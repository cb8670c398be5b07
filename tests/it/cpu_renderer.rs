//! Paints what egui tessellated on the processor: no graphics card, no driver, the same pixels on every machine.
//!
//! Vertices are snapped to 1/256 of a pixel and edges are tested in integers, so that triangles that share an edge
//! neither overlap nor leave a gap. Colours are multiplied and blended in gamma space, as egui's own painters do.

use std::collections::HashMap;

use eframe::egui::{
    Color32, Context, FullOutput, ImageData, Rect, TextureId, TexturesDelta,
    epaint::{ClippedPrimitive, Mesh, Primitive, Vertex},
};
use egui_kittest::TestRenderer;
use image::RgbaImage;

/// Steps per pixel of snapped vertices.
const STEPS: f32 = 256.0;

/// A renderer without a graphics card.
#[derive(Default)]
pub struct CpuRenderer {
    textures: HashMap<TextureId, Texture>,
}

struct Texture {
    size: [usize; 2],
    pixels: Vec<Color32>,
}

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, images) in delta.set.drain() {
            for image in images {
                let ImageData::Color(patch) = &image.image;
                match image.pos {
                    None => {
                        let texture = Texture { size: patch.size, pixels: patch.pixels.clone() };
                        self.textures.insert(id, texture);
                    }
                    Some([left, top]) => {
                        let texture = self.textures.get_mut(&id).expect("a patch belongs to a texture");
                        for (row, line) in patch.pixels.chunks(patch.size[0]).enumerate() {
                            let from = (top + row) * texture.size[0] + left;
                            texture.pixels[from..from + line.len()].copy_from_slice(line);
                        }
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let mut canvas =
            Canvas::new(size.x.round() as usize, size.y.round() as usize, ctx.global_style().visuals.panel_fill);
        for ClippedPrimitive { clip_rect, primitive } in ctx.tessellate(output.shapes.clone(), scale) {
            match primitive {
                Primitive::Mesh(mesh) => {
                    let texture = self.textures.get(&mesh.texture_id).ok_or("a mesh without its texture")?;
                    canvas.mesh(&mesh, texture, clip_rect * scale, scale);
                }
                Primitive::Callback(_) => return Err("paint callbacks need a graphics card".to_owned()),
            }
        }
        canvas.into_image()
    }
}

struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 4]>,
}

/// A vertex in steps of a pixel.
#[derive(Clone, Copy)]
struct Corner {
    x: i64,
    y: i64,
    vertex: Vertex,
}

impl Canvas {
    fn new(width: usize, height: usize, ground: Color32) -> Self {
        Self { width, height, pixels: vec![ground.to_array(); width * height] }
    }

    fn into_image(self) -> Result<RgbaImage, String> {
        let bytes: Vec<u8> = self.pixels.into_iter().flatten().collect();
        RgbaImage::from_raw(self.width as u32, self.height as u32, bytes).ok_or_else(|| "wrong size".to_owned())
    }

    fn mesh(&mut self, mesh: &Mesh, texture: &Texture, clip: Rect, scale: f32) {
        let bound = |value: f32, most: usize| value.round().clamp(0.0, most as f32) as usize;
        let clip = [
            bound(clip.min.x, self.width),
            bound(clip.min.y, self.height),
            bound(clip.max.x, self.width),
            bound(clip.max.y, self.height),
        ];
        for triangle in mesh.indices.chunks_exact(3) {
            let corners = [triangle[0], triangle[1], triangle[2]].map(|index| {
                let vertex = mesh.vertices[index as usize];
                let snap = |value: f32| (value * scale * STEPS).round() as i64;
                Corner { x: snap(vertex.pos.x), y: snap(vertex.pos.y), vertex }
            });
            self.triangle(corners, texture, clip);
        }
    }

    fn triangle(&mut self, mut corners: [Corner; 3], texture: &Texture, clip: [usize; 4]) {
        let area = edge(corners[0], corners[1], corners[2].x, corners[2].y);
        if area == 0 {
            return;
        }
        if area < 0 {
            corners.swap(1, 2);
        }
        let [a, b, c] = corners;
        let area = area.abs() as f32;
        let low = |one: i64, two: i64, three: i64| (one.min(two).min(three).max(0) / STEPS as i64) as usize;
        let high = |one: i64, two: i64, three: i64| (one.max(two).max(three).max(0) / STEPS as i64 + 1) as usize;
        let (left, right) = (low(a.x, b.x, c.x).max(clip[0]), high(a.x, b.x, c.x).min(clip[2]));
        let (top, bottom) = (low(a.y, b.y, c.y).max(clip[1]), high(a.y, b.y, c.y).min(clip[3]));
        let sides = [(b, c), (c, a), (a, b)];
        let bias = sides.map(|(from, to)| i64::from(!owns_edge(from, to)));
        let same = |other: Corner| other.vertex.color == a.vertex.color && other.vertex.uv == a.vertex.uv;
        let flat = (same(b) && same(c)).then(|| shade(texture, [a, b, c], [1.0, 0.0, 0.0]));
        let half = STEPS as i64 / 2;
        for y in top..bottom {
            let at_y = y as i64 * STEPS as i64 + half;
            let start = left as i64 * STEPS as i64 + half;
            let mut weights = sides.map(|(from, to)| edge(from, to, start, at_y));
            let step = sides.map(|(from, to)| (from.y - to.y) * STEPS as i64);
            for x in left..right {
                if weights.iter().zip(bias).all(|(weight, bias)| *weight >= bias) {
                    let color =
                        flat.unwrap_or_else(|| shade(texture, corners, weights.map(|weight| weight as f32 / area)));
                    blend(&mut self.pixels[y * self.width + x], color);
                }
                for (weight, step) in weights.iter_mut().zip(step) {
                    *weight += step;
                }
            }
        }
    }
}

/// Twice the area of the triangle of an edge and a point; positive if the point is to the right of it, y down.
fn edge(from: Corner, to: Corner, x: i64, y: i64) -> i64 {
    (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x)
}

/// Whether pixels that lie exactly on the edge belong to this triangle: those on its top and left edges do.
fn owns_edge(from: Corner, to: Corner) -> bool {
    to.y < from.y || (to.y == from.y && to.x > from.x)
}

/// The colour at a point inside a triangle, premultiplied, 0 to 255.
fn shade(texture: &Texture, corners: [Corner; 3], weights: [f32; 3]) -> [f32; 4] {
    let mix = |value: fn(&Vertex) -> f32| -> f32 {
        corners.iter().zip(weights).map(|(corner, weight)| value(&corner.vertex) * weight).sum()
    };
    let texel = sample(texture, mix(|vertex| vertex.uv.x), mix(|vertex| vertex.uv.y));
    let color = [
        mix(|vertex| f32::from(vertex.color.r())),
        mix(|vertex| f32::from(vertex.color.g())),
        mix(|vertex| f32::from(vertex.color.b())),
        mix(|vertex| f32::from(vertex.color.a())),
    ];
    std::array::from_fn(|channel| color[channel] * texel[channel] / 255.0)
}

/// A texture between its texels, 0 to 255.
fn sample(texture: &Texture, u: f32, v: f32) -> [f32; 4] {
    let [width, height] = texture.size;
    let (x, y) = (u * width as f32 - 0.5, v * height as f32 - 0.5);
    let texel = |x: f32, y: f32| {
        let (x, y) = (x.clamp(0.0, (width - 1) as f32) as usize, y.clamp(0.0, (height - 1) as f32) as usize);
        texture.pixels[y * width + x].to_array().map(f32::from)
    };
    let (left, top) = (x.floor(), y.floor());
    let (right_share, bottom_share) = (x - left, y - top);
    let corner = texel(left, top);
    if right_share < 1e-3 && bottom_share < 1e-3 {
        return corner;
    }
    let (right, bottom, far) = (texel(left + 1.0, top), texel(left, top + 1.0), texel(left + 1.0, top + 1.0));
    std::array::from_fn(|channel| {
        let above = corner[channel] + (right[channel] - corner[channel]) * right_share;
        let below = bottom[channel] + (far[channel] - bottom[channel]) * right_share;
        above + (below - above) * bottom_share
    })
}

fn blend(pixel: &mut [u8; 4], color: [f32; 4]) {
    let through = 1.0 - color[3] / 255.0;
    for (below, above) in pixel.iter_mut().zip(color) {
        *below = (above + f32::from(*below) * through).round().clamp(0.0, 255.0) as u8;
    }
}

mod tests {
    use super::*;
    use eframe::egui::{Pos2, pos2};

    fn white() -> Texture {
        Texture { size: [1, 1], pixels: vec![Color32::WHITE] }
    }

    fn paint(triangles: &[[Pos2; 3]], color: Color32) -> Canvas {
        let mut mesh = Mesh::default();
        for corners in triangles {
            let first = mesh.vertices.len() as u32;
            for corner in corners {
                mesh.colored_vertex(*corner, color);
            }
            mesh.add_triangle(first, first + 1, first + 2);
        }
        let mut canvas = Canvas::new(16, 16, Color32::BLACK);
        canvas.mesh(&mesh, &white(), Rect::EVERYTHING, 1.0);
        canvas
    }

    #[test]
    fn triangles_that_share_an_edge_cover_each_pixel_once() {
        let half = Color32::from_rgba_premultiplied(100, 0, 0, 100);
        let [a, b, c, d] = [pos2(1.3, 2.1), pos2(13.7, 1.2), pos2(14.4, 13.6), pos2(2.2, 14.9)];
        for fan in [[[a, b, c], [a, c, d]], [[a, c, b], [c, d, a]]] {
            let canvas = paint(&fan, half);
            assert_eq!(canvas.pixels[8 * 16 + 8][0], 100);
            let reds: Vec<u8> = canvas.pixels.iter().map(|pixel| pixel[0]).collect();
            assert!(reds.iter().all(|red| *red == 0 || *red == 100), "{reds:?}");
        }
    }

    #[test]
    fn a_rectangle_covers_the_pixels_whose_middle_it_holds() {
        let corners = [pos2(2.0, 3.0), pos2(5.0, 3.0), pos2(5.0, 7.0), pos2(2.0, 7.0)];
        let canvas =
            paint(&[[corners[0], corners[1], corners[2]], [corners[0], corners[2], corners[3]]], Color32::WHITE);
        let lit = canvas.pixels.iter().filter(|pixel| pixel[0] == 255).count();
        assert_eq!(lit, 12);
        assert_eq!(canvas.pixels[3 * 16 + 2][0], 255);
        assert_eq!(canvas.pixels[7 * 16 + 2][0], 0);
    }

    #[test]
    fn colours_are_mixed_between_corners_and_blended_over_what_is_below() {
        let mut pixel = [200, 200, 200, 255];
        blend(&mut pixel, [50.0, 0.0, 0.0, 127.5]);
        assert_eq!(pixel, [150, 100, 100, 255]);
        let texture = Texture { size: [2, 1], pixels: vec![Color32::BLACK, Color32::WHITE] };
        let middle = sample(&texture, 0.5, 0.5);
        assert!((middle[0] - 127.5).abs() < 0.01);
    }
}
