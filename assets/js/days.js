// Answers which version applied on a day, on the page with all versions of a notice. All days stand in the table of the page, and all
// words in its template; "?on=2021-02-09" in the address is the day that is asked about.
'use strict';

(() => {
  const part = document.querySelector('.days');
  const answers = document.querySelector('#_days_answers');
  if (!part || !answers) return;
  const field = part.querySelector('input');
  const shown = part.querySelector('.days-answer');

  // Whether there is such a day; the calendar of the browser would take 30 February for 2 March.
  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

  // Whether a day is still to come in the time zone of the notice.
  function isAhead(day) {
    const timeZone = part.querySelector('[data-zone]').textContent;
    const [year, month, date] = ['year', 'month', 'day'].map((type) => new Intl.DateTimeFormat('en', { calendar: 'gregory', numberingSystem: 'latn', timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
      .formatToParts(new Date()).find((one) => one.type === type).value);
    return day > `${year}-${month}-${date}`;
  }

  // A day as the page writes its days: as the 28th of the same month in 2222, which the template has, with the digits that it has.
  function written(day) {
    const [year, month, date] = day.split('-');
    const time = answers.content.querySelector(`[datetime="2222-${month}-28"]`).cloneNode(true);
    time.dateTime = day;
    time.textContent = time.textContent.replace(/\p{Nd}+/gu, (digits) => {
      const zero = digits.codePointAt(0) - 2;
      const number = String(Number([...digits].map((digit) => digit.codePointAt(0) - zero).join('')));
      const other = { 2222: year, 28: date }[number];
      return other ? [...String(Number(other))].map((digit) => String.fromCodePoint(zero + Number(digit))).join('') : digits;
    });
    return time;
  }

  // The words of an answer, with what is put into them.
  function say(name, put = {}) {
    const words = answers.content.querySelector(`[data-answer="${name}"]`).cloneNode(true);
    for (const place of words.querySelectorAll('[data-put]')) place.replaceWith(...put[place.dataset.put]);
    return words;
  }

  const copied = (row, name) => [...(row.querySelector(`[data-${name}]`)?.cloneNode(true).childNodes ?? [])];

  function answer(text) {
    if (text === '') return [say('empty')];
    if (!isDay(text)) return [say('impossible')];
    const row = [...part.querySelectorAll('tbody tr')].find(({ dataset: { from, to } }) => from <= text && (to === '' || text <= to));
    const put = { day: [written(text)], version: copied(row, 'version'), shown: copied(row, 'shown') };
    const { code, otherwise } = row.dataset;
    const said = [say(code === 'applied' && isAhead(text) ? 'announced' : code, put)];
    if (otherwise !== undefined) said.push(say(put.shown.length > 0 ? 'shown' : 'shown-none', put));
    return said;
  }

  // The same day in the other languages of the page.
  function carry(query) {
    for (const link of document.querySelectorAll('.languages a')) link.search = query;
  }

  function ask(text) {
    shown.replaceChildren(...answer(text));
    carry(isDay(text) ? `?on=${text}` : '');
  }

  function go() {
    // A field that is filled in with what is no day has no value.
    const text = field.validity.badInput ? '?' : field.value;
    ask(text);
    const address = new URL(location.href);
    address.search = isDay(text) ? `?on=${text}` : '';
    history.replaceState(null, '', address);
  }

  part.querySelector('.days-ask').hidden = false;
  part.querySelector('button').addEventListener('click', go);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') go();
  });
  const asked = new URLSearchParams(location.search).get('on');
  if (asked !== null) {
    if (isDay(asked)) field.value = asked;
    ask(asked);
  }
})();
