import { buildApp } from './build-app.ts';
import { ConfigurationError } from './stage.ts';

try {
  buildApp().synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
