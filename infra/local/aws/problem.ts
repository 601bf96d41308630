/** What keeps the local run from starting, said to the person at the machine: what is wrong and what to do. Shown without a stack. */
export class LocalProblem extends Error {
  override readonly name = 'LocalProblem';
}
