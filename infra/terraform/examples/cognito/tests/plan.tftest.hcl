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

run "lets_the_triggers_call_and_keep_and_nothing_else" {
  assert {
    condition = { for name, policy in module.triggers.policies : name => join(" ", sort(flatten([
      for statement in jsondecode(policy).Statement : statement.Action if statement.Sid != "Log"
      ]))) } == {
      define    = ""
      create    = "execute-api:Invoke"
      verify    = "dynamodb:UpdateItem execute-api:Invoke kms:Decrypt"
      pre-token = "dynamodb:UpdateItem kms:Decrypt"
    }
    error_message = "A trigger may do something else."
  }
  assert {
    condition     = aws_cognito_user_pool_client.web.explicit_auth_flows == toset(["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    error_message = "A flow leads to tokens past the factor."
  }
}
