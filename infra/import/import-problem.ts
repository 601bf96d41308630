/** What keeps an import from going on, said to the person who started it: what is wrong and what to do. Shown without a stack. */
export class ImportProblem extends Error {
  override readonly name = 'ImportProblem';
}
