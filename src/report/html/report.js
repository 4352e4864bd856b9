/* What the page does by itself: sorting by a heading, and on paper all figures. The rest works without it. */
for (const button of document.querySelectorAll('th[aria-sort] > button')) {
  button.addEventListener('click', () => sortBy(button.parentElement));
}
for (const details of document.querySelectorAll('details')) {
  let wasOpen = details.open;
  addEventListener('beforeprint', () => {
    wasOpen = details.open;
    details.open = true;
  });
  addEventListener('afterprint', () => {
    details.open = wasOpen;
  });
}

/** First ascending, then the other way round. */
function sortBy(heading) {
  const ascending = heading.ariaSort !== 'ascending';
  for (const other of heading.parentElement.cells) other.ariaSort = 'none';
  heading.ariaSort = ascending ? 'ascending' : 'descending';
  const body = heading.closest('table').tBodies[0];
  const cell = (row) => row.cells[heading.cellIndex];
  const rows = [...body.rows].sort((a, b) => compare(cell(a), cell(b), ascending ? 1 : -1));
  body.append(...rows);
}

/** Figures as numbers, and where there is none last, whichever way round; names by the alphabet. */
function compare(a, b, direction) {
  const [left, right] = [a.dataset.value, b.dataset.value];
  if (left === undefined) return direction * a.textContent.localeCompare(b.textContent);
  if (left === '' || right === '') return Number(left === '') - Number(right === '');
  return direction * (left - right);
}
