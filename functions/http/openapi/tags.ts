/**
 * What a path is about, by its fixed words: `Teams` of `…/teams/{teamId}/members/{userId}`; the platform's
 * own apart.
 */
export function tagOf(path: string): string {
  const [first = '', second = first] = path
    .split('/')
    .slice(2)
    .filter((word) => !word.startsWith('{'));
  if (first === 'openapi.json' || first === 'docs') return 'Reference';
  const words = first === 'admin' ? `platform: ${second}` : first === 'organizations' ? second : first;
  return words.charAt(0).toUpperCase() + words.slice(1).replaceAll('-', ' ');
}

const descriptions: Readonly<Record<string, string>> = {
  Health: 'Whether the API is up.',
  Webhooks: 'What Clerk tells the API.',
  Me: 'The caller.',
  Reference: 'The API about itself.',
  'Platform: organizations':
    'All organizations, for the super admin: their profile, status and subscription.',
  Organizations: 'One organization, as its own people see it.',
  Users: 'The people of an organization.',
  Invitations: 'Who is invited into an organization, and what became of it.',
  Teams: 'The teams of an organization, and who is in them.',
  Kpis: 'What teams and people are measured by, and the values they report.',
  Usage: 'The figures of an organization, day by day.',
  'Platform: analytics': 'The figures of all organizations together.',
  'Platform: usage': 'The runs that compute the figures.',
  Access: 'Why somebody may do something, or may not.',
  Analytics: 'The figures of an organization, as they are now and over time.',
  Onboarding: 'The first steps of an organization.',
  Audit: 'Who did what in an organization.',
  'Platform: audit': 'Who did what, in all organizations.',
};

/**
 * The tags of the document in the order in which its operations come. A new one has no description until it
 * stands above.
 */
export const tagged = (tags: readonly string[]): { readonly name: string; readonly description: string }[] =>
  [...new Set(tags)].map((name) => ({ name, description: descriptions[name] ?? '' }));
