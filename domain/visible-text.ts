// The Braille blank isn't whitespace by its category, but looks like a space.
const blank = /\u2800/g;

// Characters that Unicode says to ignore in display, and annotation marks. Excluded here, since other rules
// handle them: joiners, the emoji selector and tags; and `turnsDirection`, which is refused rather than
// dropped.
const ignorable =
  /[[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]--[\u200C\u200D\uFE0F\u{E0020}-\u{E007F}\u202A-\u202E\u2066-\u2069]]/gv;

// The selector turns a text character into an emoji, such as a heart or a keycap digit. Elsewhere it has no
// effect.
const idleSelectors = /(?<![\p{Emoji}--[0-9#*\p{Emoji_Presentation}]])(?<![0-9#*](?=\uFE0F\u20E3))\uFE0F/gv;

// Tags spell the region of a flag, between a black flag and the cancel tag; anywhere else they hide text.
const regionOrTag =
  /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F})|[\u{E0020}-\u{E007F}]/gu;

// Joiners shape joining scripts, Indic conjuncts, and composite emoji.
const joining = String.raw`(?=[\p{L}\p{M}])[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Mand}\p{scx=Adlm}]`;
const conjunct = String.raw`(?=\p{M})[\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]`;
const emoji = String.raw`[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]`;
const joiners = new RegExp(
  [
    String.raw`(?<=${joining}|${conjunct})([\u200C\u200D])(?=[\p{L}\p{M}])`,
    String.raw`(?<=\p{L})([\u200C\u200D])(?=${conjunct})`,
    String.raw`(?<=${emoji})(\u200D)(?=\p{Extended_Pictographic})`,
    String.raw`[\u200C\u200D]`,
  ].join('|'),
  'gu',
);

/**
 * Removes invisible characters that have no effect in their position, with which one name could pass for
 * another. Each step looks at a bounded number of neighbours, so the time is linear.
 */
export const withoutInvisible = (text: string): string =>
  text
    .replaceAll(blank, ' ')
    .replaceAll(ignorable, '')
    .replaceAll(idleSelectors, '')
    .replaceAll(regionOrTag, '$1')
    .replaceAll(joiners, '$1$2$3');

/** Characters that change the text direction, so that one text can pass for another. */
export const turnsDirection = '\\u202A-\\u202E\\u2066-\\u2069';

// Fillers are letters by category, but blank.
const visible = /[^\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a string contains anything visible. */
export const showsSomething = (text: string): boolean => visible.test(text);

// Created on first use: it loads tables that take longer than a request.
let graphemes: Intl.Segmenter | undefined;

/** The start of a string, at most `max` UTF-16 code units, cut between user-perceived characters. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  // Characters after the cut only decide whether a grapheme continues there.
  return text.slice(0, graphemes.segment(text.slice(0, max + 2)).containing(max)?.index);
}
