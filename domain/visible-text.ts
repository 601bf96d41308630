// Braille's blank is no whitespace by its class, and looks like a space.
const blank = /\u2800/g;

// What Unicode says to show nothing for, and the marks around annotations, which show nothing either. Left to
// the rules below: joiners, the emoji selector and tags. Left to `turnsDirection`: overrides and isolates,
// which are refused, not dropped.
const ignorable =
  /[[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]--[\u200C\u200D\uFE0F\u{E0020}-\u{E007F}\u202A-\u202E\u2066-\u2069]]/gv;

// The selector turns a sign that is text by default into an emoji: a heart, or a digit on a keycap. It does
// nothing elsewhere.
const idleSelectors = /(?<![\p{Emoji}--[0-9#*\p{Emoji_Presentation}]])(?<![0-9#*](?=\uFE0F\u20E3))\uFE0F/gv;

// Tags spell the region of a flag, after a black flag and before the tag that ends it; anywhere else they
// hide a text in a text.
const regionOrTag =
  /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F})|[\u{E0020}-\u{E007F}]/gu;

// Joiners shape the letters of joining scripts, conjuncts of Indic scripts, and emoji of several parts.
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
 * A text without the characters that nobody sees and that do nothing where they stand; with them one name
 * passes for another. Each step looks one character back and a few ahead at most, so the work is in
 * proportion to the text.
 */
export const withoutInvisible = (text: string): string =>
  text
    .replaceAll(blank, ' ')
    .replaceAll(ignorable, '')
    .replaceAll(idleSelectors, '')
    .replaceAll(regionOrTag, '$1')
    .replaceAll(joiners, '$1$2$3');

/**
 * The class of characters that turn the direction in which text is shown, so that one text passes for
 * another.
 */
export const turnsDirection = '\\u202A-\\u202E\\u2066-\\u2069';

// Fillers are letters by their class, and blank.
const visible = /[^\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a text shows anything at all. */
export const showsSomething = (text: string): boolean => visible.test(text);

// Made when it is first needed: it loads tables that take longer than a request.
let graphemes: Intl.Segmenter | undefined;

/**
 * The beginning of a text, at most `max` characters (UTF-16) of it, cut where a reader sees one sign end and
 * another begin.
 */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  // What comes after the cut decides only whether a sign goes on there.
  return text.slice(0, graphemes.segment(text.slice(0, max + 2)).containing(max)?.index);
}
