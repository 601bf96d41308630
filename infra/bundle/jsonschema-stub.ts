interface Checked {
  readonly errors: readonly never[];
}

/**
 * Replaces the package `jsonschema` in the bundles. With it ElectroDB validates every model at each cold
 * start, although models are constants, and every test that imports an entity validates it with the real
 * package.
 */
export class Validator {
  addSchema(): void {}

  validate(): Checked {
    return { errors: [] };
  }
}
// ElectroDB adds its own formats here when it loads.
Object.assign(Validator.prototype, { customFormats: {} });
