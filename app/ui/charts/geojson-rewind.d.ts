declare module "@mapbox/geojson-rewind" {
  import type { Feature, FeatureCollection, Geometry } from "geojson";

  /** @param outer true: exterior rings clockwise (as d3-geo wants them), false: counter-clockwise (RFC 7946) */
  export default function rewind<Shape extends Feature | FeatureCollection | Geometry>(
    shape: Shape,
    outer?: boolean,
  ): Shape;
}
