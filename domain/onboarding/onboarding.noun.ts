import { noun } from '../noun.ts';

/** How far an organization's setting up has come: computed from the other nouns, it keeps nothing. */
export const onboardingNoun = noun({ name: 'onboarding', subjects: ['Onboarding'], items: [] });
