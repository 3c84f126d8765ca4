# The plan, without an account.
mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  packages = "/nowhere"
}

run "takes_the_tokens_of_the_pool" {
  assert {
    condition     = startswith(module.stile.login.issuer, "https://cognito-idp.") && module.stile.login.audiences == tolist([aws_cognito_user_pool_client.web.id])
    error_message = "Tokens of another issuer or client are taken."
  }
}
