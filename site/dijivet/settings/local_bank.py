"""Development and tests: the bank across the street (payments/bank), with keys that are no keys."""

from .base import env

LOCAL_BANK = True
BANK_URL = env.str("BANK_URL", "http://127.0.0.1:8010")  # `make run` and the tests start it elsewhere
IYZICO_URL = env.str("IYZICO_URL", BANK_URL)
IYZICO_PAGE_URL = env.str("IYZICO_PAGE_URL", BANK_URL)
IYZICO_API_KEY = env.str("IYZICO_API_KEY", "sandbox-localIyzicoApiKey")
IYZICO_SECRET_KEY = env.str("IYZICO_SECRET_KEY", "sandbox-localIyzicoSecretKey")
PAYTR_URL = env.str("PAYTR_URL", BANK_URL)
PAYTR_MERCHANT_ID = env.str("PAYTR_MERCHANT_ID", "100001")
PAYTR_MERCHANT_KEY = env.str("PAYTR_MERCHANT_KEY", "localPaytrKey001")
PAYTR_MERCHANT_SALT = env.str("PAYTR_MERCHANT_SALT", "localPaytrSalt01")
PAYTR_TEST_MODE = env.bool("PAYTR_TEST_MODE", True)
PARAM_URL = env.str("PARAM_URL", BANK_URL)
PARAM_PAGE_URL = env.str("PARAM_PAGE_URL", BANK_URL)
PARAM_CLIENT_CODE = env.str("PARAM_CLIENT_CODE", "10001")
PARAM_USERNAME = env.str("PARAM_USERNAME", "localParamUser")
PARAM_PASSWORD = env.str("PARAM_PASSWORD", "localParamPassword")
PARAM_GUID = env.str("PARAM_GUID", "00000000-1111-4222-8333-444444444444")
