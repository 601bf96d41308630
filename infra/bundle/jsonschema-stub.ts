interface Checked {
  readonly errors: readonly never[];
}

/**
 * Stands in for the package `jsonschema` in the bundles. ElectroDB checks every model against its schema at
 * each cold start, which takes longer than all else that an entity does there; the models are constants, and
 * every test that imports an entity has it checked by the real package.
 */
export class Validator {
  addSchema(): void {}

  validate(): Checked {
    return { errors: [] };
  }
}
// ElectroDB adds its own formats here when it loads.
Object.assign(Validator.prototype, { customFormats: {} });
