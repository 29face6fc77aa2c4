// The code of a QR picture stands behind the #, which no server gets to see: it is filled in and sent as a form.

const field = document.querySelector("input[name=code]");
const code = new URLSearchParams(location.hash.slice(1)).get("code");
if (field && code) {
  history.replaceState(null, "", location.pathname + location.search);
  field.value = code;
  field.form.requestSubmit();
}
