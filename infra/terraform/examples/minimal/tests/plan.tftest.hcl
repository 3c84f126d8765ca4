# The plan, without an account.
mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  packages = "/nowhere"
  login    = { issuer = "https://login.example.com/", audiences = ["stile"] }
  mail     = { from = "codes@example.com", identity = "example.com" }
}

run "answers_at_its_own_address" {
  assert {
    condition     = output.issuer == "https://abc.execute-api.eu-central-1.amazonaws.com"
    error_message = "The issuer is not the API's address."
  }
}
