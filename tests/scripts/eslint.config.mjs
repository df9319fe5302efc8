import globals from "globals";

export default [{
  files: ["**/*.js"],
  languageOptions: { ecmaVersion: "latest", sourceType: "module", globals: globals.browser },
  rules: {
    "eqeqeq": ["error", "always", { null: "ignore" }],
    "no-const-assign": "error",
    "no-dupe-class-members": "error",
    "no-dupe-keys": "error",
    "no-redeclare": "error",
    "no-self-compare": "error",
    "no-undef": "error",
    "no-unreachable": "error",
    "no-unused-private-class-members": "error",
    "no-unused-vars": ["error", { args: "none", caughtErrors: "none" }],
    "prefer-const": "error",
  },
}];
