// Specimens and weapon systems of a question are searched as one types; without this their names are written.
import { choosing } from "./choose.js";

const asked = document.querySelector("form.asked");
if (asked) choosing(asked);
