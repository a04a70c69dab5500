// What runs in a page that is served while it is edited: each part is a module of its own.
import "./live.js";
import "./mark.js";
import "./panel.js";
