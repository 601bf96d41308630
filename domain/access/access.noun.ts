import { noun } from '../noun.ts';

/** Who may do what, as a thing that one may ask about. */
export const accessNoun = noun({ name: 'access', subjects: ['Access'], items: [] });
