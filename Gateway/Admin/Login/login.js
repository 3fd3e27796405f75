'use strict';
(() => {
  const form = document.getElementById('form');
  const field = document.getElementById('secret');
  const button = form.querySelector('button');
  const message = document.getElementById('message');
  const entering = 'criattach.entering';

  // A link on another site does not carry the login along; a step from this page does. Where loading anew did not help a moment ago, the route is given up for the way in.
  const enter = () => {
    if (Date.now() - Number(sessionStorage.getItem(entering)) < 5000) {
      location.replace('/');
    } else {
      sessionStorage.setItem(entering, String(Date.now()));
      location.reload();
    }
  };

  const logIn = async secret => {
    button.disabled = true;
    message.textContent = '';
    try {
      const answer = await fetch('/login', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ secret }),
      });
      if (answer.ok) {
        sessionStorage.removeItem(entering);
        enter();
        return;
      }

      message.textContent =
        answer.status === 401 ? 'That is not the token. An address of criattach dashboard is good once, for ten minutes.'
        : answer.status === 429 ? `Too many attempts. Try again in ${answer.headers.get('Retry-After') ?? 'a few'} seconds.`
        : `The gateway refused: ${answer.status} ${answer.statusText}`;
    } catch {
      message.textContent = 'The gateway cannot be reached.';
    }

    button.disabled = false;
    field.value = '';
    field.focus();
  };

  form.addEventListener('submit', event => {
    event.preventDefault();
    void logIn(field.value.trim());
  });

  const ticket = /^#login=([\w-]+)$/.exec(location.hash);
  if (ticket) {
    // It is no use to anybody after this, but the history need not keep it.
    history.replaceState(null, '', location.pathname + location.search);
    void logIn(ticket[1]);
    return;
  }

  field.focus();
  fetch('/api/v1/me').then(answer => {
    if (answer.ok) enter();
  }, () => {});
})();
