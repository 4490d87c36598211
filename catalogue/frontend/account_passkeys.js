// Passkeys (WebAuthn). <form data-passkey="create|get|sign-in">: the browser asks its owner, the answer goes into the
// hidden field "credential". What to ask for stands in #passkey-options; for signing in it is fetched from the form's
// address, because nobody is known yet.

const able = window.PublicKeyCredential && !/^[\d.]+$|:/.test(location.hostname);

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Credential descriptors with their ids as bytes. */
const known = (descriptors = []) => descriptors.map((one) => ({ ...one, id: bytes(one.id) }));

/** What every kind of credential says as JSON. */
function said(credential, response) {
  const { id, rawId, type, authenticatorAttachment } = credential;
  const clientExtensionResults = credential.getClientExtensionResults();
  return JSON.stringify({ id, rawId: text(rawId), type, authenticatorAttachment, clientExtensionResults, response });
}

/** Make a passkey; `alone` when it is to sign in without a password. */
async function create({ publicKey }, alone) {
  const selection = { ...publicKey.authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
  if (alone) selection.userVerification = "required";
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      authenticatorSelection: selection,
    },
  });
  const { clientDataJSON, attestationObject } = made.response;
  const transports = made.response.getTransports?.() ?? [];
  return said(made, { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject), transports });
}

/** Use a passkey. */
async function get({ publicKey }) {
  const used = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = used.response;
  return said(used, {
    clientDataJSON: text(clientDataJSON),
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle && text(userHandle),
  });
}

async function options(form) {
  if (form.dataset.passkey !== "sign-in") return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return answer.json();
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  const alert = form.querySelector("[role=alert]");
  const tell = (sentence) => {
    alert.textContent = sentence;
    alert.hidden = false;
  };
  form.hidden = !able && form.dataset.passkey === "sign-in";
  if (!able) tell(alert.dataset.unable);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!able) return;
    try {
      const asked = await options(form);
      const make = "creation_options" in asked;
      const credential = make ? create(asked.creation_options, form.elements.passwordless.checked) : get(asked.request_options);
      form.elements.credential.value = await credential;
    } catch {
      tell(alert.dataset.failed);
      return;
    }
    form.submit();
  });
}
