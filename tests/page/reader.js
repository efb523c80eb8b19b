(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const name = (element) => {
    const labelled = element.getAttribute('aria-labelledby');
    if (labelled) return document.getElementById(labelled).textContent.trim();
    if (element.labels?.length) return element.labels[0].textContent.trim();
    if (element.tagName === 'svg') return element.querySelector('title').textContent.trim();
    return (element.getAttribute('aria-label') ?? element.textContent).trim();
  };
  const report = {};

  const controls = all('a, button, input, svg, nav[aria-label], [role=region], [role=group], section');
  report.named = controls.filter(name).length;
  report.unnamed = controls.filter((control) => !name(control)).map((control) => control.outerHTML.slice(0, 80));

  const table = document.getElementById('users');
  const column = [...table.tHead.rows[0].cells].findIndex((head) => head.textContent === 'tokens');
  const head = table.tHead.rows[0].cells[column];
  const button = head.querySelector('button');
  const values = () => [...table.tBodies[0].rows].map((row) => row.cells[column].querySelector('data').value);
  button.focus();
  report.button = document.activeElement.tagName;
  button.click();
  report.down = values();
  report.sorts = [head.getAttribute('aria-sort')];
  button.click();
  report.up = values();
  report.sorts.push(head.getAttribute('aria-sort'));

  const field = document.getElementById('users-filter');
  const filter = (text) => {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    return [...table.tBodies[0].rows].filter((row) => !row.hidden);
  };
  report.filtered = filter('VISUALISERS').map((row) => row.textContent);
  report.told = field.parentElement.querySelector('output').textContent;
  report.cleared = filter('').length;

  const picture = document.querySelector('.picture');
  const tip = document.getElementById('tip');
  picture.focus();
  report.spots = ['ArrowRight', 'ArrowRight', 'Home', 'End', 'Escape'].map((key) => {
    picture.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    window.dispatchEvent(new Event('scroll'));
    return tip.classList.contains('on') ? tip.textContent : '';
  });
  report.status = tip.getAttribute('role');
  report.pictures = all('.picture').length;
  report.stops = all('figure *').filter((element) => element.tabIndex === 0).length;

  report.wide = document.documentElement.scrollWidth;
  report.seen = document.documentElement.clientWidth;
  const pre = document.createElement('pre');
  pre.id = 'report';
  pre.hidden = true;
  pre.textContent = JSON.stringify(report);
  document.body.append(pre);
})();
