/**
 * German (or another language's) sentences by the English ones; `{}` stands for what differs each time,
 * `{1}`, `{2}` for it again.
 */
type Sentences = Readonly<Record<string, string>>;

const escaped = (text: string) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
const patternOf = (english: string) => new RegExp(`^${english.split('{}').map(escaped).join('(.*?)')}$`, 's');

/**
 * Makes what says an English sentence in another language; one that isn't known stays as it is.
 * @param words what may stand in a sentence's places
 */
export function translator(sentences: Sentences, words: Sentences): (english: string) => string {
  const patterns = Object.entries(sentences)
    .filter(([english]) => english.includes('{}'))
    .map(([english, text]) => ({ pattern: patternOf(english), text }));
  return (english) => {
    const whole = sentences[english];
    if (whole !== undefined) return whole;
    for (const { pattern, text } of patterns) {
      const found = pattern.exec(english);
      if (found !== null)
        return text.replaceAll(/\{(\d)\}/g, (_, place: string) => {
          const word = found[Number(place)] ?? '';
          return words[word] ?? word;
        });
    }
    return english;
  };
}
