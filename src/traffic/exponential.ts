import type { Draw } from './random.ts';

/**
 * Exponential variates by the ziggurat method (Marsaglia & Tsang, "The ziggurat method for generating random
 * variables", 2000), twice as fast as a logarithm.
 *
 * The area under e^-x is covered by 256 layers of equal area, layer i as wide as `width[i]`. One number names a layer
 * by its first 8 bits and a place in it by the other 24. Left of `width[i + 1]` the layer lies wholly under the curve,
 * and the place is taken at once; that happens 98.9% of the time. Else the place is in the wedge that the curve cuts,
 * and is taken if a second number falls under the curve. Layer 0 continues as the tail beyond `tailStart`, which has no
 * memory and so is `tailStart` plus a fresh variate: the tail has no end, and it is as fine as the rest.
 *
 *   e^-x |█▙                  255
 *        |███▄▄               …       ▒ wedge
 *        |███████▒▒           1
 *        |██████████████▒▒▒▒→ 0       → tail
 */
const layers = 256;

/** Where layer 0 ends and the tail begins: the only start from which 256 layers of equal area end at the curve's top. */
const tailStart = 7.69711747013105;

/** The right edges of the layers from the bottom up, and the height of the curve there. */
const width = new Float64Array(layers + 1);
const height = new Float64Array(layers + 1);
{
  // Layer 0 is the rectangle up to the tail and the tail itself, spread over a rectangle of the same height.
  const area = (tailStart + 1) * Math.exp(-tailStart);
  width[0] = tailStart + 1;
  width[1] = tailStart;
  for (let i = 1; i < layers; i++) {
    height[i] = Math.exp(-width[i]);
    width[i + 1] = -Math.log(height[i] + area / width[i]);
  }
  width[layers] = 0;
  height[layers] = 1;
}

/** Half of the 24-bit step between places, so that places stand in the middle of their steps and none is 0. */
const halfStep = 2 ** -25;

/** An exponential variate of mean 1, never 0. */
export function exponential(draw: Draw): number {
  for (;;) {
    const u = draw() * layers;
    const layer = u >>> 0;
    const x = (u - layer + halfStep) * width[layer];
    if (x < width[layer + 1]) return x;
    if (layer === 0) return tailStart + exponential(draw);
    if (height[layer] + draw() * (height[layer + 1] - height[layer]) < Math.exp(-x)) return x;
  }
}
