document.addEventListener('DOMContentLoaded', function () {
  var button = document.getElementById('theme');
  button.hidden = false;
  button.addEventListener('click', function () {
    var root = document.documentElement;
    var dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });
});
