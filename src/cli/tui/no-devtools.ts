/** Takes the place of `react-devtools-core` in the bundle: Ink imports it, and uses it only when DEV is set. */
export default {};
