'use strict';
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (name, attributes, ...children) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(...children);
    return element;
  };
  document.body.classList.add('live');

  // Pictures: what lies under the pointer, or is reached by arrow keys, is told beside it.
  const tip = document.getElementById('tip');
  let shown = null;
  const hide = () => {
    shown?.classList.remove('on');
    shown = null;
    tip.classList.remove('on');
  };
  const place = () => {
    if (!shown) return;
    const [at, size] = [shown.getBoundingClientRect(), tip.getBoundingClientRect()];
    const left = at.left + at.width / 2 - size.width / 2;
    const above = at.top - size.height - 8;
    tip.style.left = `${Math.max(4, Math.min(left, document.documentElement.clientWidth - size.width - 4))}px`;
    tip.style.top = `${above > 4 ? above : Math.min(at.bottom + 8, window.innerHeight - size.height - 4)}px`;
  };
  const show = (spot) => {
    if (spot === shown) return;
    hide();
    shown = spot;
    spot.classList.add('on');
    tip.textContent = spot.dataset.says;
    tip.classList.add('on');
    place();
  };
  for (const picture of all('.picture')) {
    const spots = all('.spots rect', picture);
    if (!spots.length) continue;
    for (const spot of spots) {
      const title = spot.querySelector('title');
      spot.dataset.says = title.textContent;
      title.textContent = '';
    }
    let at = -1;
    // Up and down: the same place in the next plot, or the next bar.
    const beside = (step) => {
      const x = spots[at]?.getAttribute('x');
      for (let next = at + step; spots[next]; next += step) {
        if (spots[next].getAttribute('x') === x) return next;
      }
      return at + step;
    };
    const steps = {
      ArrowRight: () => at + 1,
      ArrowLeft: () => at - 1,
      ArrowDown: () => beside(1),
      ArrowUp: () => beside(-1),
      Home: () => 0,
      End: () => spots.length - 1,
    };
    picture.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') return hide();
      if (!(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      at = Math.max(0, Math.min(spots.length - 1, steps[event.key]()));
      spots[at].scrollIntoView({ block: 'nearest', inline: 'nearest' });
      show(spots[at]);
    });
    const point = (event) => {
      const spot = event.target.closest('.spots rect');
      if (!spot) return hide();
      at = spots.indexOf(spot);
      show(spot);
    };
    picture.addEventListener('pointermove', point);
    picture.addEventListener('pointerdown', point);
    picture.addEventListener('pointerleave', hide);
    picture.addEventListener('blur', hide);
  }
  // Keys scroll to what they reach.
  window.addEventListener('scroll', place, { passive: true, capture: true });

  // Tables: sorted by the numbers behind the figures, and filtered by words.
  const worth = (row, column) => {
    const cell = row.cells[column];
    const number = cell.querySelector('data')?.value;
    if (number !== undefined) return Number(number);
    const text = cell.textContent.trim();
    return text === '-' ? null : text;
  };
  const order = (one, other) => {
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return String(one).localeCompare(String(other), 'en', { numeric: true });
  };
  const sort = (table, column, ascending) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [worth(row, column), row]);
    // What isn't known comes last either way.
    rows.sort(([one], [other]) => {
      if (one === null || other === null) return (one === null) - (other === null);
      return ascending ? order(one, other) : order(other, one);
    });
    body.append(...rows.map(([, row]) => row));
  };
  for (const table of all('table')) {
    const rows = table.tBodies[0].rows;
    if (rows.length < 2) continue;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = make('button', { type: 'button' }, ...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const was = head.getAttribute('aria-sort');
        const ascending = was ? was === 'descending' : head.classList.contains('text');
        heads.forEach((other) => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
        sort(table, column, ascending);
      });
    });
    if (rows.length < 8) continue;
    const field = make('input', { type: 'search', id: `${table.id}-filter`, autocomplete: 'off' });
    const label = make('label', { htmlFor: field.id }, `Filter ${table.id}`);
    const count = make('output', { htmlFor: field.id });
    table.parentElement.before(make('div', { className: 'filter' }, label, field, count));
    const texts = new Map([...rows].map((row) => [row, row.textContent.toLowerCase()]));
    field.addEventListener('input', () => {
      const words = field.value.toLowerCase().split(/\s+/);
      let left = 0;
      for (const [row, text] of texts) {
        row.hidden = !words.every((word) => text.includes(word));
        left += row.hidden ? 0 : 1;
      }
      count.textContent = left === texts.size ? '' : `${left} of ${texts.size} rows`;
    });
  }
})();
