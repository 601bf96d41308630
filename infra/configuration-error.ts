/** Something that the person who runs the synthesis can put right; the message says what and how. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
