/** A number as people type it: a comma for the decimals is understood, an empty field is no number (NaN). */
export const numberOf = (typed: string): number => {
  const text = typed.trim().replaceAll(/\s/g, '').replace(',', '.');
  return text === '' ? Number.NaN : Number(text);
};
