declare module "@mapbox/geojson-rewind" {
  /** Winds the rings in place. @param outerIsClockwise false winds them as RFC 7946 asks, true as d3 does */
  export default function rewind<Shape extends GeoJSON.GeoJSON>(shape: Shape, outerIsClockwise?: boolean): Shape;
}
