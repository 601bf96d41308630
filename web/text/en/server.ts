import { translator } from '../translate.ts';

/** Says what the server, or a schema that it shares with the forms, has said; they speak English, if not always a person's. */
export const server = translator(
  {
    'Invalid input: expected number, received {}': 'must be a number',
    'Invalid input: expected string, received undefined': 'must not be empty',
    'Invalid option: expected one of {}': 'must be one of {1}',
  },
  {},
);
