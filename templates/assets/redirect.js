// On a page that has moved: to its new address, with the fragment of the old one.
location.replace(document.querySelector("a").href + location.hash);
