# The plan, without an account.
mock_provider "aws" {
  source = "../../tests/mocks"
}

variables {
  packages = "/nowhere"
}

run "asks_for_each_request_anew" {
  assert {
    condition     = aws_apigatewayv2_authorizer.stepup.authorizer_result_ttl_in_seconds == 0 && aws_apigatewayv2_route.pay.authorization_type == "CUSTOM"
    error_message = "A decision is cached, or the route is open."
  }
}
