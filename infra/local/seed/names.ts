const given = [
  ...['Amara', 'Bruno', 'Chloe', 'Dmitri', 'Elif', 'Farid', 'Grace', 'Hana', 'Ivo', 'Jonas', 'Kavya', 'Liam'],
  ...[
    'Mei',
    'Nadia',
    'Oscar',
    'Paula',
    'Quentin',
    'Rosa',
    'Samir',
    'Tove',
    'Uma',
    'Viktor',
    'Wanda',
    'Yusuf',
  ],
] as const;
const family = [
  ...['Abara', 'Bergström', 'Castillo', 'Dubois', 'Eriksen', 'Fontaine', 'Gupta', 'Haddad', 'Ivanova'],
  ...[
    'Jansen',
    'Kowalski',
    'Lindqvist',
    'Moreau',
    'Nakamura',
    'Okafor',
    'Petrov',
    'Quist',
    'Romano',
    'Silva',
  ],
] as const;

export interface Named {
  readonly name: string;
  readonly email: string;
}

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();

/** People with names of their own, always in the same order: 24 and 19 share no factor, so 456 come before a repetition. */
export function* people(): Generator<Omit<Named, 'email'> & { emailAt(domain: string): string }, never> {
  for (let index = 0; ; index += 1) {
    const [first, last] = [given[index % given.length], family[index % family.length]];
    const name = `${first} ${last}`;
    yield { name, emailAt: (domain) => `${plain(name).replaceAll(' ', '.')}@${domain}` };
  }
}
