import { HtmlValidate } from 'html-validate';

/**
 * The content model of elements, according to the standard. Rules about source style don't apply, since
 * there is no source.
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
 * What is invalid in the current document, except Mantine's style elements, which are next to the elements
 * that they style.
 */
export const invalidHtml = (): string[] =>
  validator
    .validateStringSync(document.body.outerHTML.replaceAll(/<style.*?<\/style>/gs, ''))
    .results.flatMap(({ messages }) =>
      messages.map(({ message, selector }) => `${message} at ${selector ?? 'the top'}`),
    );
