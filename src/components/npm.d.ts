// Pages name packages as `npm:…`, which Framework turns into files of the site; their types are the packages' own.
declare module "npm:@observablehq/plot" {
  export * from "@observablehq/plot";
}
declare module "npm:arquero" {
  export * from "arquero";
}
declare module "npm:d3-scale" {
  export * from "d3-scale";
}
declare module "npm:@uwdata/flechette" {
  export * from "@uwdata/flechette";
}
declare module "npm:d3-array" {
  export * from "d3-array";
}
