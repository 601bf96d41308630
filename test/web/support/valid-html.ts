import { HtmlValidate } from 'html-validate';

/**
 * What may be inside what, as the standard has it. Other rules are about how a source is written; here is
 * none.
 */
const validator = new HtmlValidate({
  root: true,
  rules: {
    'element-permitted-content': 'error',
    'element-permitted-occurrences': 'error',
    'element-permitted-order': 'error',
    'element-permitted-parent': 'error',
    'no-dup-id': 'error',
    'void-content': 'error',
  },
});

/**
 * What isn't valid in the document as it is now; but for Mantine's style elements, which stand beside what
 * they are for.
 */
export const invalidHtml = (): string[] =>
  validator
    .validateStringSync(document.body.outerHTML.replaceAll(/<style.*?<\/style>/gs, ''))
    .results.flatMap(({ messages }) =>
      messages.map(({ message, selector }) => `${message} at ${selector ?? 'the top'}`),
    );
