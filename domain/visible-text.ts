// Soft hyphen, zero-width space, direction marks, word joiner and invisible operators, deprecated formats, byte order mark: they come
// along when text is copied, nobody sees them, and with them one name passes for another.
const invisible = /[\u00AD\u180E\u200B\u200E\u200F\u2060-\u2064\u206A-\u206F\uFEFF]/gu;

// Joiners shape the letters of joining scripts (Arabic, Indic and their kin) and emoji of several parts; elsewhere they do nothing.
const joining =
  '\\p{M}\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Nko}';
const idleJoiners = new RegExp(
  `(?<![${joining}])[\\u200C\\u200D]+|[\\u200C\\u200D]+(?![\\p{L}\\p{M}\\p{Extended_Pictographic}])`,
  'gu',
);

// Tags spell the region of a flag, after a black flag; anywhere else they hide a text in a text.
const hiddenTags = /(?<!\u{1F3F4}[\u{E0020}-\u{E007F}]*)[\u{E0000}-\u{E007F}]+/gu;

/** A text without the characters that nobody sees and that do nothing where they stand. */
export const withoutInvisible = (text: string): string =>
  text.replaceAll(invisible, '').replaceAll(hiddenTags, '').replaceAll(idleJoiners, '');

/** Characters that turn the direction in which text is shown, so that one text passes for another. */
export const turnsDirection = /[\u202A-\u202E\u2066-\u2069]/u;

// Fillers are letters by their class, and blank.
const visible = /[^\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a text shows anything at all. */
export const showsSomething = (text: string): boolean => visible.test(text);
